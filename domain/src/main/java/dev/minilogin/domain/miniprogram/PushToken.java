package dev.minilogin.domain.miniprogram;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * The Token of a mini program's message push: whoever knows it can sign pushes.
 *
 * @param reveal 3 to 32 letters and digits, as mp.weixin.qq.com demands
 */
public record PushToken(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{3,32}");

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public PushToken {
    if (!FORM.matcher(reveal).matches()) {
      throw new IllegalArgumentException("a push token must be 3 to 32 letters and digits");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
