package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * The code that {@code wx.login} gives: good for five minutes and for one exchange. Whoever holds
 * it can log in, so it is a secret.
 *
 * @param reveal 1 to 128 of {@code A-Z a-z 0-9 _ -}; anything else could change our call to WeChat
 */
public record LoginCode(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /** Whether a text from outside has the form of a code. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public LoginCode {
    if (!isWellFormed(reveal)) {
      throw new IllegalArgumentException("code must be 1 to 128 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
