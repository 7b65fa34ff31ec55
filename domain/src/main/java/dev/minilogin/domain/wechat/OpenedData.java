package dev.minilogin.domain.wechat;

import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileChange;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Open data that was decrypted and found to be this person's, of this mini program, and fresh.
 *
 * @param json the data as a JSON object, without openId, unionId and watermark
 * @param at the watermark's time
 * @param phone the phone number, if this is phone data
 * @param profile what it says of the person; a field that it doesn't name stays as it is
 */
public record OpenedData(
    String json, Instant at, Optional<PhoneNumber> phone, ProfileChange profile) {
  public OpenedData {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(phone, "phone");
    Objects.requireNonNull(profile, "profile");
  }

  /** Without the data, which is personal. */
  @Override
  public String toString() {
    return "OpenedData[" + at + "]";
  }
}
