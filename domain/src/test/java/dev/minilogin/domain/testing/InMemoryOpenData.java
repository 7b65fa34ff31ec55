package dev.minilogin.domain.testing;

import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Open data under a cipher that hides nothing: it shows whether the right key was used and whether
 * anything was changed. Of JSON it reads what the open data of WeChat has: one object, in it plain
 * texts and numbers and, as its last field, the watermark.
 */
public final class InMemoryOpenData implements OpenData {
  private static final int SEAL = 64;
  private static final Pattern OBJECT =
      Pattern.compile("\\{(?<fields>.*),\"watermark\":\\{(?<watermark>[^{}]*)}}");
  private static final Pattern FIELD =
      Pattern.compile("\"(?<name>\\w+)\":(?:\"(?<text>[^\"]*)\"|(?<number>\\d+))");
  private static final Pattern IDENTIFIER = Pattern.compile("\"(?:openId|unionId)\":\"[^\"]*\",?");

  private static final Map<String, ProfileField> PROFILE =
      Map.of(
          "nickName", ProfileField.NICKNAME,
          "avatarUrl", ProfileField.AVATAR_URL,
          "gender", ProfileField.GENDER,
          "province", ProfileField.PROVINCE,
          "city", ProfileField.CITY,
          "country", ProfileField.COUNTRY,
          "language", ProfileField.LANGUAGE);

  /** Open data as WeChat would encrypt it. */
  public EncryptedData encrypt(SessionKey key, String json) {
    String iv = Base64.getEncoder().encodeToString(Sample.bytes(16));
    return new EncryptedData(seal(key.reveal() + iv, json), iv);
  }

  /** Data in clear as WeChat would sign it. */
  public SignedData sign(SessionKey key, String rawData) {
    return new SignedData(rawData, signature(key, rawData));
  }

  /** A message as a phone would encrypt it for the encrypted channel. */
  public String encrypt(EncryptKey key, String message) {
    return seal(key.reveal() + key.iv(), message);
  }

  @Override
  public Optional<OpenedData> open(
      Identity identity, EncryptedData data, Optional<SignedData> signed, Instant now) {
    return identity.sessionKeys().stream()
        .flatMap(
            key ->
                unseal(key.reveal() + data.iv(), data.data())
                    .filter(_ -> signed.filter(clear -> !isSigned(clear, key)).isEmpty())
                    .stream())
        .findFirst()
        .flatMap(json -> read(json, identity, now));
  }

  private static boolean isSigned(SignedData signed, SessionKey key) {
    return signed.signature().toLowerCase(Locale.ROOT).equals(signature(key, signed.rawData()));
  }

  private static String signature(SessionKey key, String rawData) {
    return Sha256.hex(rawData + key.reveal());
  }

  private static Optional<OpenedData> read(String json, Identity identity, Instant now) {
    Matcher object = OBJECT.matcher(json);
    if (!object.matches()) {
      return Optional.empty();
    }
    Map<String, String> fields = fields(object.group("fields"));
    Map<String, String> watermark = fields(object.group("watermark"));
    boolean here = identity.appId().value().equals(watermark.get("appid"));
    boolean theirs =
        fields.getOrDefault("openId", identity.openId().value()).equals(identity.openId().value());
    return Optional.ofNullable(watermark.get("timestamp"))
        .filter(text -> here && theirs && text.matches("\\d+"))
        .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
        .filter(at -> !at.isBefore(now.minus(GOOD_FOR)) && !at.isAfter(now.plus(GOOD_FOR)))
        .map(
            at ->
                new OpenedData(
                    "{" + IDENTIFIER.matcher(object.group("fields")).replaceAll("") + "}",
                    at,
                    phone(fields),
                    profile(fields)));
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      fields.put(
          field.group("name"),
          Optional.ofNullable(field.group("text")).orElseGet(() -> field.group("number")));
    }
    return fields;
  }

  private static Optional<PhoneNumber> phone(Map<String, String> fields) {
    return Optional.ofNullable(fields.get("purePhoneNumber"))
        .map(national -> new PhoneNumber(fields.get("countryCode"), national));
  }

  private static ProfileChange profile(Map<String, String> fields) {
    Map<ProfileField, Optional<String>> values = new HashMap<>();
    PROFILE.forEach(
        (name, field) ->
            Optional.ofNullable(fields.get(name))
                .filter(value -> field.objectionTo(value).isEmpty())
                .ifPresent(value -> values.put(field, Optional.of(value))));
    return new ProfileChange(values);
  }

  @Override
  public Optional<String> decrypt(EncryptKey key, String base64) {
    return unseal(key.reveal() + key.iv(), base64);
  }

  private static String seal(String key, String text) {
    return Base64.getEncoder()
        .encodeToString((Sha256.hex(key + text) + text).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> unseal(String key, String base64) {
    String opened;
    try {
      opened = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return Optional.of(opened)
        .filter(text -> text.length() >= SEAL)
        .filter(text -> text.startsWith(Sha256.hex(key + text.substring(SEAL))))
        .map(text -> text.substring(SEAL));
  }
}
