package dev.minilogin.domain.wechat;

import java.util.regex.Pattern;

/**
 * WeChat's identifier of a person in one mini program. Case matters. It authenticates nothing, but
 * is personal data: it is not printed.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}; 28 are usual, WeChat promises no length
 */
public record OpenId(String value) {
  static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Whether a text from outside has the form of an openid. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public OpenId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("openid must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return "OpenId[masked]";
  }
}
