package dev.minilogin.simulator.platform;

/**
 * A phone number as WeChat writes it.
 *
 * @param phoneNumber with the country code, unless it is a Chinese one
 * @param purePhoneNumber without the country code
 * @param countryCode digits
 */
public record PhoneNumber(String phoneNumber, String purePhoneNumber, String countryCode) {

  @Override
  public String toString() {
    return "PhoneNumber[masked]";
  }
}
