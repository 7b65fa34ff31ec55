package dev.minilogin.simulator.platform;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody with a WeChat account.
 *
 * @param name what the simulator calls the person (WeChat itself never tells it to anybody)
 * @param blocked high-risk user: WeChat intercepts the login with {@link WeChatError#CODE_BLOCKED}
 * @param phone the number bound to the account, digits without the country code; empty: one that is
 *     derived from the name
 * @param countryCode digits, e.g. {@code 86}
 * @param riskRank what getuserriskrank says: 0 no risk to 4 the highest
 */
public record User(
    String name, boolean blocked, Optional<String> phone, String countryCode, int riskRank) {

  private static final String CHINA = "86";
  private static final int HIGHEST_RISK = 4;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");
  private static final Pattern PHONE = Pattern.compile("\\d{4,15}");
  private static final Pattern COUNTRY_CODE = Pattern.compile("[1-9]\\d{0,3}");

  public User {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("user must match " + NAME);
    }
    if (phone.filter(digits -> !PHONE.matcher(digits).matches()).isPresent()) {
      throw new IllegalArgumentException("phone must match " + PHONE);
    }
    if (countryCode == null || !COUNTRY_CODE.matcher(countryCode).matches()) {
      throw new IllegalArgumentException("countryCode must match " + COUNTRY_CODE);
    }
    if (riskRank < 0 || riskRank > HIGHEST_RISK) {
      throw new IllegalArgumentException("riskRank must be 0 to " + HIGHEST_RISK);
    }
  }

  /** Somebody with a Chinese number that is derived from the name, and no risk. */
  public User(String name, boolean blocked) {
    this(name, blocked, Optional.empty(), CHINA, 0);
  }

  /** The same person with a Chinese number. */
  public User withPhone(String number) {
    return withPhone(number, CHINA);
  }

  /** The same person with a number of any country; digits without the country code. */
  public User withPhone(String number, String country) {
    return new User(name, blocked, Optional.of(number), country, riskRank);
  }

  public User withRiskRank(int rank) {
    return new User(name, blocked, phone, countryCode, rank);
  }

  /** The number as WeChat gives it. */
  PhoneNumber phoneNumber() {
    String pure = phone.orElseGet(() -> Identifiers.phone(name));
    return new PhoneNumber(
        countryCode.equals(CHINA) ? pure : countryCode + pure, pure, countryCode);
  }
}
