package dev.minilogin.domain.review;

import java.util.regex.Pattern;

/**
 * WeChat's name of a picture's check, under which its result is pushed.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 _ -}; three groups of eight hexadecimal digits are
 *     usual
 */
public record TraceId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Whether a text from outside has the form of a trace id. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public TraceId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("a trace id must be 1 to 64 letters, digits, _ or -");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
