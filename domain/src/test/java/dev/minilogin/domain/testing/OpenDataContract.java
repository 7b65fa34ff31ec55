package dev.minilogin.domain.testing;

import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.COUNTRY;
import static dev.minilogin.domain.user.ProfileField.GENDER;
import static dev.minilogin.domain.user.ProfileField.LANGUAGE;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static dev.minilogin.domain.user.ProfileField.PROVINCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link OpenData} promises, given a way to make what it opens. */
public interface OpenDataContract {
  /** When WeChat made the data of a test. */
  Instant MADE = Instant.parse("2026-03-01T10:20:30Z");

  Duration MILLISECOND = Duration.ofMillis(1);

  AppId APP = new AppId("wx4f4bc4dec97d474b");
  OpenId ALICE = new OpenId("oGZUI0egBJY1zhBYw2KhdUfwVJJE");
  SessionKey KEY = new SessionKey("tiihtNczf5v6AKRyjwEUhQ==");
  SessionKey OLDER = new SessionKey("HyVFkGl5F5OQWJZZaNzBBg==");
  SessionKey OLDEST = new SessionKey("o0q0otL8aEzpcZL/FT9WsQ==");
  Identity IDENTITY = new Identity(APP, ALICE, Sample.userId(), List.of(KEY, OLDER, OLDEST));

  EncryptKey CHANNEL =
      new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", "6003f73ec441c386", 10, Duration.ofHours(1));

  String RAW_DATA = "{\"nickName\":\"Band\",\"gender\":1,\"city\":\"广州\"}";

  /** The adapter under test. */
  OpenData openData();

  /** Open data as WeChat encrypts it, with an iv of its own. */
  EncryptedData encrypt(SessionKey key, String json);

  /** Data in clear as WeChat signs it. */
  SignedData sign(SessionKey key, String rawData);

  /** A message as a phone encrypts it for the encrypted channel. */
  String encrypt(EncryptKey key, String message);

  // What is opened

  @Test
  default void open_data_says_who_somebody_is() {
    OpenedData opened =
        open(json(
                """
                "openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","nickName":"Band 😀","gender":2,\
                "language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN",\
                "avatarUrl":"https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132",\
                "unionId":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA"\
                """))
            .orElseThrow();
    assertThat(opened.at()).isEqualTo(MADE);
    assertThat(opened.phone()).isEmpty();
    assertThat(opened.profile().values())
        .isEqualTo(
            Map.of(
                NICKNAME, Optional.of("Band 😀"),
                GENDER, Optional.of("2"),
                LANGUAGE, Optional.of("zh_CN"),
                CITY, Optional.of("Guangzhou"),
                PROVINCE, Optional.of("Guangdong"),
                COUNTRY, Optional.of("CN"),
                AVATAR_URL, Optional.of("https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132")));
  }

  @Test
  default void its_json_is_told_without_identifiers_and_watermark() {
    OpenedData opened =
        open(json(
                """
                "openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","nickName":"Band",\
                "unionId":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA","more":17\
                """))
            .orElseThrow();
    assertThat(opened.json())
        .startsWith("{")
        .endsWith("}")
        .contains("\"nickName\"", "\"Band\"", "\"more\"", "17")
        .doesNotContain("openId", ALICE.value(), "unionId", "ocMvos6NjeKLIBqg5Mr9QjxrP1FA")
        .doesNotContain("watermark", APP.value(), Long.toString(MADE.getEpochSecond()));
  }

  static Stream<String> phones() {
    return Stream.of(
        """
        "phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":"86"\
        """,
        """
        "phoneNumber":"13580006666","purePhoneNumber":"13580006666","countryCode":86\
        """,
        """
        "phoneNumber":"+8613580006666","purePhoneNumber":"13580006666","countryCode":"86"\
        """);
  }

  @ParameterizedTest
  @MethodSource("phones")
  default void phone_data_gives_the_number(String fields) {
    OpenedData opened = open(json(fields)).orElseThrow();
    assertThat(opened.phone()).contains(new PhoneNumber("86", "13580006666"));
    assertThat(opened.profile().values()).isEmpty();
    assertThat(opened.at()).isEqualTo(MADE);
  }

  @Test
  default void a_field_that_is_missing_stays_as_it_is() {
    OpenedData opened = open(json("\"gender\":1")).orElseThrow();
    assertThat(opened.profile().values()).isEqualTo(Map.of(GENDER, Optional.of("1")));
    OpenedData other = open(json("\"other\":\"thing\"")).orElseThrow();
    assertThat(other.profile().values()).isEmpty();
    assertThat(other.phone()).isEmpty();
  }

  @Test
  default void what_wechat_shows_for_everybody_changes_nothing() {
    Profile known =
        new Profile(
            Map.of(
                NICKNAME, new Known("Ann", Profile.Source.USER, MADE),
                GENDER, new Known("2", Profile.Source.USER, MADE),
                CITY, new Known("Shenzhen", Profile.Source.USER, MADE)));
    OpenedData opened =
        open(json("\"nickName\":\"微信用户\",\"gender\":0,\"city\":\"\",\"country\":\"\""))
            .orElseThrow();
    assertThat(known.after(opened.profile(), Profile.Source.WECHAT, MADE)).isEqualTo(known);
  }

  @Test
  default void a_value_that_is_none_is_left_out_and_the_others_are_not() {
    OpenedData opened =
        open(json(
                "\"nickName\":\"%s\",\"gender\":7,\"avatarUrl\":\"ftp://x/y\",\"city\":\"SZ\""
                    .formatted("n".repeat(33))))
            .orElseThrow();
    assertThat(opened.profile().values()).isEqualTo(Map.of(CITY, Optional.of("SZ")));
  }

  // With what it is opened

  @Test
  default void data_opens_with_each_of_the_persons_keys() {
    for (SessionKey key : IDENTITY.sessionKeys()) {
      assertThat(openData().open(IDENTITY, encrypt(key, json("\"a\":1")), Optional.empty(), MADE))
          .isPresent();
    }
  }

  @Test
  default void data_opens_with_no_other_key() {
    EncryptedData data = encrypt(OLDEST, json("\"a\":1"));
    assertThat(openData().open(with(KEY, OLDER), data, Optional.empty(), MADE)).isEmpty();
    assertThat(openData().open(with(), data, Optional.empty(), MADE)).isEmpty();
  }

  @Test
  default void what_was_changed_on_the_way_does_not_open() {
    EncryptedData data = encrypt(KEY, json("\"nickName\":\"" + "n".repeat(30) + "\""));
    EncryptedData other = encrypt(KEY, json("\"a\":1"));
    for (EncryptedData changed :
        List.of(
            new EncryptedData(data.data(), "AAAAAAAAAAAAAAAAAAAAAA=="),
            new EncryptedData(data.data().substring(0, 64), data.iv()),
            new EncryptedData(data.data().substring(64), data.iv()),
            new EncryptedData(data.data(), changed(other.iv())),
            Sample.encryptedData())) {
      assertThat(openData().open(IDENTITY, changed, Optional.empty(), MADE)).isEmpty();
    }
  }

  private static String changed(String iv) {
    return (iv.startsWith("A") ? "B" : "A") + iv.substring(1);
  }

  // Whose it is

  @Test
  default void data_of_another_mini_program_does_not_open() {
    Identity elsewhere =
        new Identity(new AppId("wx0000000000000000"), ALICE, Sample.userId(), List.of(KEY));
    assertThat(openData().open(elsewhere, encrypt(KEY, json("\"a\":1")), Optional.empty(), MADE))
        .isEmpty();
  }

  @Test
  default void data_of_another_person_does_not_open() {
    String foreign = json("\"openId\":\"ogZUI0egBJY1zhBYw2KhdUfwVJJE\",\"gender\":1");
    assertThat(open(foreign)).isEmpty();
    String own = json("\"openId\":\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\",\"gender\":1");
    assertThat(open(own)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"gender\":1}",
        "{\"gender\":1,\"watermark\":{}}",
        "{\"gender\":1,\"watermark\":{\"timestamp\":1772360430}}",
        "{\"gender\":1,\"watermark\":{\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"gender\":1,\"watermark\":{\"timestamp\":\"no\",\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"gender\":1,\"timestamp\":1772360430,\"appid\":\"wx4f4bc4dec97d474b\"}",
        "[]",
        "17",
        "",
        "{",
        "text"
      })
  default void data_without_a_whole_watermark_does_not_open(String json) {
    assertThat(open(json)).isEmpty();
  }

  // How old it is

  @Test
  default void fresh_data_opens_and_old_data_does_not() {
    EncryptedData data = encrypt(KEY, json("\"a\":1"));
    Duration longest = OpenData.GOOD_FOR;
    assertThat(longest).isEqualTo(Duration.ofMinutes(5));
    assertThat(openAt(data, MADE.plus(longest))).isPresent();
    assertThat(openAt(data, MADE.plus(longest).plus(MILLISECOND))).isEmpty();
    assertThat(openAt(data, MADE.minus(longest))).isPresent();
    assertThat(openAt(data, MADE.minus(longest).minus(MILLISECOND))).isEmpty();
    assertThat(openAt(data, MADE.plus(Duration.ofDays(365)))).isEmpty();
  }

  // Whether it is signed

  @Test
  default void data_opens_with_the_signature_of_its_key_in_any_case() {
    EncryptedData data = encrypt(OLDER, json("\"a\":1"));
    SignedData signed = sign(OLDER, RAW_DATA);
    SignedData upper = new SignedData(RAW_DATA, signed.signature().toUpperCase(Locale.ROOT));
    SignedData lower = new SignedData(RAW_DATA, signed.signature().toLowerCase(Locale.ROOT));
    for (SignedData good : List.of(signed, upper, lower)) {
      assertThat(openData().open(IDENTITY, data, Optional.of(good), MADE)).isPresent();
    }
  }

  @Test
  default void data_does_not_open_with_the_signature_of_another_key() {
    EncryptedData data = encrypt(OLDER, json("\"a\":1"));
    for (SessionKey other : List.of(KEY, OLDEST, Sample.sessionKey())) {
      SignedData signed = sign(other, RAW_DATA);
      assertThat(openData().open(IDENTITY, data, Optional.of(signed), MADE)).isEmpty();
    }
  }

  @Test
  default void data_does_not_open_where_anything_signed_was_changed() {
    EncryptedData data = encrypt(KEY, json("\"a\":1"));
    String signature = sign(KEY, RAW_DATA).signature();
    for (SignedData changed :
        List.of(
            new SignedData(RAW_DATA + " ", signature),
            new SignedData(RAW_DATA.replace("Band", "band"), signature),
            new SignedData("", signature),
            new SignedData(RAW_DATA, signature.substring(1)),
            new SignedData(RAW_DATA, signature + "0"),
            new SignedData(RAW_DATA, "0".repeat(signature.length())),
            new SignedData(RAW_DATA, "not hexadecimal"),
            new SignedData(RAW_DATA, ""))) {
      assertThat(openData().open(IDENTITY, data, Optional.of(changed), MADE)).isEmpty();
    }
  }

  // The encrypted channel

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "0123456789abcdef", "{\"a\":\"微信 😀\"}", "\u0000\n\r\t"})
  default void a_message_is_decrypted_as_it_was_written(String message) {
    assertThat(openData().decrypt(CHANNEL, encrypt(CHANNEL, message))).contains(message);
  }

  @Test
  default void a_long_message_is_decrypted_whole() {
    String message = "长".repeat(5000);
    assertThat(openData().decrypt(CHANNEL, encrypt(CHANNEL, message))).contains(message);
  }

  @Test
  default void a_message_under_another_key_is_not_decrypted() {
    EncryptKey other =
        new EncryptKey("tiihtNczf5v6AKRyjwEUhQ==", CHANNEL.iv(), 10, Duration.ofHours(1));
    assertThat(openData().decrypt(other, encrypt(CHANNEL, "a message"))).isEmpty();
  }

  @Test
  default void what_is_no_message_is_not_decrypted() {
    String message = encrypt(CHANNEL, "a message that is longer than one block of 16 bytes");
    for (String broken : List.of("", "!", "AAAA", message.substring(4), message + "AAAA")) {
      assertThat(openData().decrypt(CHANNEL, broken)).isEmpty();
    }
  }

  private Optional<OpenedData> open(String json) {
    return openAt(encrypt(KEY, json), MADE);
  }

  private Optional<OpenedData> openAt(EncryptedData data, Instant now) {
    return openData().open(IDENTITY, data, Optional.empty(), now);
  }

  private static Identity with(SessionKey... keys) {
    return new Identity(APP, ALICE, Sample.userId(), List.of(keys));
  }

  /** An object with these fields and the right watermark. */
  private static String json(String fields) {
    return "{%s,\"watermark\":{\"timestamp\":%d,\"appid\":\"%s\"}}"
        .formatted(fields, MADE.getEpochSecond(), APP.value());
  }
}
