package dev.minilogin.domain.miniprogram;

import java.util.regex.Pattern;

/**
 * The appid of a mini program. WeChat's own are {@code wx} and 16 hexadecimal digits; other ASCII
 * letters and digits are accepted, because WeChat promises no format.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}
 */
public record AppId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Whether a text from outside has the form of an appid. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public AppId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("appId must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
