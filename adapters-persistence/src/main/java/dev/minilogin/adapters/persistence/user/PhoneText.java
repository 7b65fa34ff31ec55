package dev.minilogin.adapters.persistence.user;

import dev.minilogin.domain.user.PhoneNumber;

/** What is sealed of a phone number: {@code 86 13580006666}, for its two parts to be told apart. */
final class PhoneText {
  private PhoneText() {}

  static String write(PhoneNumber number) {
    return number.countryCode() + ' ' + number.national();
  }

  static PhoneNumber read(String text) {
    int blank = text.indexOf(' ');
    return new PhoneNumber(text.substring(0, blank), text.substring(blank + 1));
  }
}
