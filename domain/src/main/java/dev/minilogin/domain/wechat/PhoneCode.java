package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * The code that the phone-number button gives: good for five minutes and once. Not the code of
 * {@code wx.login}.
 *
 * @param reveal 1 to 256 of {@code A-Z a-z 0-9 _ -}; 64 are usual, WeChat promises no length
 */
public record PhoneCode(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  /** Whether a text from outside has the form of a phone code. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public PhoneCode {
    if (!isWellFormed(reveal)) {
      throw new IllegalArgumentException("a phone code must be 1 to 256 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
