package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * The code that {@code wx.pluginLogin} gives a plugin: good for five minutes and once.
 *
 * @param reveal 1 to 256 of {@code A-Z a-z 0-9 _ -}
 */
public record PluginCode(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** Whether a text from outside has the form of a plugin code. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public PluginCode {
    if (!isWellFormed(reveal)) {
      throw new IllegalArgumentException("a plugin code must be 1 to 256 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
