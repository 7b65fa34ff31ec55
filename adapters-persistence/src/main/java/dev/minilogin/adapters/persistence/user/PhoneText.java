package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.user.PhoneNumber;

/** What is sealed of a phone number: {@code 86 13580006666}, for its two parts to be told apart. */
public final class PhoneText {
  private PhoneText() {}

  /** Where the phone number of a user is sealed. */
  public static String place(byte[] id) {
    return "phone " + Binary.uuid(id);
  }

  static String write(PhoneNumber number) {
    return number.countryCode() + ' ' + number.national();
  }

  /** The number that was written. */
  public static PhoneNumber read(String text) {
    int blank = text.indexOf(' ');
    return new PhoneNumber(text.substring(0, blank), text.substring(blank + 1));
  }
}
