package dev.minilogin.domain.user;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * A phone number that WeChat vouched for. Personal data: it is never printed, and its owner is
 * shown {@link #display()}.
 *
 * @param countryCode digits without a plus, {@code 86} for China; 1 to 4
 * @param national the number within its country ({@code purePhoneNumber}); 4 to 15 digits
 */
public record PhoneNumber(String countryCode, String national) implements Secret {
  private static final Pattern COUNTRY_CODE = Pattern.compile("[1-9]\\d{0,3}");
  private static final Pattern NATIONAL = Pattern.compile("\\d{4,15}");
  private static final int SHOWN_FIRST = 3;
  private static final int SHOWN_LAST = 2;

  /**
   * @throws IllegalArgumentException if a part has another form
   */
  public PhoneNumber {
    if (!COUNTRY_CODE.matcher(countryCode).matches()) {
      throw new IllegalArgumentException("a country code must be 1 to 4 digits");
    }
    if (!NATIONAL.matcher(national).matches()) {
      throw new IllegalArgumentException("a phone number must be 4 to 15 digits");
    }
  }

  /** The number in E.164 form, {@code +8613580006666}: equal numbers have equal texts. */
  @Override
  public String reveal() {
    return '+' + countryCode + national;
  }

  /**
   * What its owner is shown, masked as WeChat's security guide has it (安全指引): {@code 135******66}.
   * Numbers too short for that show their last two digits.
   */
  public String display() {
    int shownFirst = national.length() > 2 * SHOWN_FIRST ? SHOWN_FIRST : 0;
    return national.substring(0, shownFirst)
        + "*".repeat(national.length() - shownFirst - SHOWN_LAST)
        + national.substring(national.length() - SHOWN_LAST);
  }

  @Override
  public String toString() {
    return masked();
  }
}
