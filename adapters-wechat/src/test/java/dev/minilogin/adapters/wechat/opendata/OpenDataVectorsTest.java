package dev.minilogin.adapters.wechat.opendata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import io.micronaut.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WeChat's own examples (开放数据校验与解密), and what could be made of them. */
class OpenDataVectorsTest {
  private static final AppId APP = new AppId("wx4f4bc4dec97d474b");
  private static final OpenId PERSON = new OpenId("oGZUI0egBJY1zhBYw2KhdUfwVJJE");
  private static final SessionKey KEY = new SessionKey("tiihtNczf5v6AKRyjwEUhQ==");
  private static final SessionKey OTHER_KEY = new SessionKey("HyVFkGl5F5OQWJZZaNzBBg==");
  private static final String IV = "r7BXXKkLb8qrSNn05n0qiA==";
  private static final EncryptedData PROFILE =
      new EncryptedData(
          "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC"
              + "+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue"
              + "1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn"
              + "/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorG"
              + "j5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNH"
              + "R1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5"
              + "hzuyDb/XcxxmK01EpqOyuxINew==",
          IV);
  private static final Instant PROFILE_MADE = Instant.ofEpochSecond(1477314187);
  private static final EncryptedData PHONE =
      new EncryptedData(
          "xT8p8W6jIVdEWQ+ccHuD2bmG5RSiwg14VWRFw/UGVh6Aj+jDIadafJ4xdCIBQ/uxDiyw/MZWvpFyRn3pP3xxVfNQ"
              + "xFtzghvK+Pj5JQI7x412Zc+UKBdZyt5yiQboroSxyoV8mzt8NIte9rdxdif4zsuVIitkyUnIGjLphyruj7Rm"
              + "S/fgw1Be7IpCva0zzK3lgKGSAJWdP3wedPdlaCzjUw==",
          IV);
  private static final Instant PHONE_MADE = Instant.ofEpochSecond(1637744274);

  private final WeChatOpenData openData = new WeChatOpenData(JsonMapper.createDefault());

  @Test
  void wechats_example_is_opened() {
    Optional<OpenedData> opened = open(KEY, PROFILE, PROFILE_MADE);
    assertThat(opened.map(OpenedData::at)).contains(PROFILE_MADE);
    assertThat(opened.flatMap(OpenedData::phone)).isEmpty();
    assertThat(opened.map(OpenedData::profile))
        .contains(
            new ProfileChange(
                Map.of(
                    ProfileField.NICKNAME,
                    Optional.of("Band"),
                    ProfileField.GENDER,
                    Optional.of("1"),
                    ProfileField.LANGUAGE,
                    Optional.of("zh_CN"),
                    ProfileField.CITY,
                    Optional.of("Guangzhou"),
                    ProfileField.PROVINCE,
                    Optional.of("Guangdong"),
                    ProfileField.COUNTRY,
                    Optional.of("CN"),
                    ProfileField.AVATAR_URL,
                    Optional.of(
                        "https://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2AHWr8MHM"
                            + "4WgMEm7GFhsf8OYrySdbvAMvTsw3mo8ibKicsnfN5pRjl1p8HQ/0"))));
    assertThat(opened.map(OpenedData::json).orElseThrow())
        .startsWith("{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\"")
        .doesNotContain("openId", "unionId", "watermark");
  }

  @Test
  void encrypted_phone_data_has_the_number() {
    assertThat(open(KEY, PHONE, PHONE_MADE).flatMap(OpenedData::phone))
        .contains(new PhoneNumber("86", "13580006666"));
  }

  @Test
  void a_country_code_may_be_a_number() {
    String json = phoneJson("\"purePhoneNumber\":\"13580006666\",\"countryCode\":86");
    assertThat(open(KEY, encrypt(json), PHONE_MADE).flatMap(OpenedData::phone))
        .contains(new PhoneNumber("86", "13580006666"));
  }

  @Test
  void a_number_that_is_none_is_left_out() {
    String json = phoneJson("\"purePhoneNumber\":\"+86 135\",\"countryCode\":\"86\"");
    assertThat(open(KEY, encrypt(json), PHONE_MADE).map(OpenedData::phone))
        .contains(Optional.empty());
  }

  @Test
  void the_key_that_opens_it_may_be_an_older_one() {
    assertThat(openData.open(person(OTHER_KEY, KEY), PROFILE, Optional.empty(), PROFILE_MADE))
        .isPresent();
    assertThat(openData.open(person(KEY, OTHER_KEY), PROFILE, Optional.empty(), PROFILE_MADE))
        .isPresent();
  }

  @Test
  void a_wrong_key_opens_nothing() {
    assertThat(open(OTHER_KEY, PROFILE, PROFILE_MADE)).isEmpty();
    assertThat(openData.open(person(), PROFILE, Optional.empty(), PROFILE_MADE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA==", "tiihtNczf5v6AKRyjwEUhXRpaWh0TmN6ZjV2NkFLUg==", "=", "a"})
  void a_key_of_another_length_opens_nothing(String key) {
    assertThat(open(new SessionKey(key), PROFILE, PROFILE_MADE)).isEmpty();
  }

  @Test
  void another_mini_programs_data_is_not_opened() {
    Identity elsewhere =
        new Identity(new AppId("wx0000000000000000"), PERSON, Sample.userId(), List.of(KEY));
    assertThat(openData.open(elsewhere, PROFILE, Optional.empty(), PROFILE_MADE)).isEmpty();
  }

  @Test
  void another_persons_data_is_not_opened() {
    Identity somebody = new Identity(APP, Sample.openId(), Sample.userId(), List.of(KEY));
    assertThat(openData.open(somebody, PROFILE, Optional.empty(), PROFILE_MADE)).isEmpty();
    assertThat(openData.open(somebody, PHONE, Optional.empty(), PHONE_MADE)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "300, true", "301, false", "-300, true", "-301, false"})
  void data_is_good_for_five_minutes(int secondsLater, boolean good) {
    assertThat(open(KEY, PROFILE, PROFILE_MADE.plusSeconds(secondsLater)).isPresent())
        .isEqualTo(good);
  }

  @Test
  void what_is_signed_right_is_opened() {
    assertThat(signed("{\"a\":\"微信\"}", "{\"a\":\"微信\"}", KEY)).isPresent();
  }

  @Test
  void a_signature_counts_in_any_case() {
    String signature = PhoneSide.sign(KEY, "x").signature();
    SignedData upper = new SignedData("x", signature.toUpperCase(Locale.ROOT));
    assertThat(openData.open(person(KEY), PROFILE, Optional.of(upper), PROFILE_MADE)).isPresent();
  }

  @Test
  void what_is_signed_wrong_is_not_opened() {
    assertThat(signed("{}", "{} ", KEY)).isEmpty();
    for (String signature : List.of("", "zz", "75e81ceda165f4ffa64f4068af58c64b8f54b88c")) {
      SignedData wrong = new SignedData("{}", signature);
      assertThat(openData.open(person(KEY), PROFILE, Optional.of(wrong), PROFILE_MADE)).isEmpty();
    }
  }

  @Test
  void what_is_signed_under_another_key_than_opens_it_is_not_opened() {
    assertThat(signed("{}", "{}", OTHER_KEY)).isEmpty();
  }

  @Test
  void wechats_example_of_a_signature_holds() {
    String rawData =
        "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\",\"province\":"
            + "\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":\"http://wx.qlogo.cn/mmopen/vi_32/1vZvI39"
            + "NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0\"}";
    EncryptedData data =
        PhoneSide.encrypt(OTHER_KEY, profileJson("\"a\":1").getBytes(StandardCharsets.UTF_8));
    SignedData signed = new SignedData(rawData, "75e81ceda165f4ffa64f4068af58c64b8f54b88c");
    assertThat(openData.open(person(OTHER_KEY), data, Optional.of(signed), PROFILE_MADE))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"watermark\":null}",
        "{\"watermark\":{\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"watermark\":{\"timestamp\":1477314187}}",
        "{\"watermark\":{\"timestamp\":\"soon\",\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"watermark\":{\"timestamp\":99999999999999999999,\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"openId\":null,\"watermark\":{\"timestamp\":1477314187,\"appid\":\"wx4f4bc4dec97d474b\"}}",
        "{\"watermark\":{\"timestamp\":1477314187,\"appid\":\"wx4f4bc4dec97d474b\"}"
      })
  void data_that_proves_nothing_is_not_opened(String json) {
    assertThat(open(KEY, encrypt(json), PROFILE_MADE)).isEmpty();
  }

  @Test
  void a_watermark_may_have_its_time_as_a_text() {
    String json = "{\"watermark\":{\"timestamp\":\"1477314187\",\"appid\":\"wx4f4bc4dec97d474b\"}}";
    assertThat(open(KEY, encrypt(json), PROFILE_MADE)).isPresent();
  }

  @Test
  void a_padding_must_be_right_to_the_last_byte() {
    byte[] text = profileJson("\"a\":\"123456\"").getBytes(StandardCharsets.UTF_8);
    int pad = 16 - text.length % 16;
    byte[] right = Arrays.copyOf(text, text.length + pad);
    Arrays.fill(right, text.length, right.length, (byte) pad);
    assertThat(pad).isGreaterThan(2);
    assertThat(open(KEY, PhoneSide.encryptPadded(KEY, right), PROFILE_MADE)).isPresent();
    for (int at = text.length; at < right.length; at++) {
      byte[] wrong = right.clone();
      wrong[at] ^= 1;
      assertThat(open(KEY, PhoneSide.encryptPadded(KEY, wrong), PROFILE_MADE)).isEmpty();
    }
  }

  @Test
  void no_padding_is_longer_than_a_block_or_empty() {
    byte[] text = profileJson("").getBytes(StandardCharsets.UTF_8);
    int blocks = (text.length / 16 + 2) * 16;
    for (int last : List.of(0, 17, 32, 255)) {
      byte[] padded = Arrays.copyOf(text, blocks);
      Arrays.fill(padded, text.length, padded.length, (byte) last);
      assertThat(open(KEY, PhoneSide.encryptPadded(KEY, padded), PROFILE_MADE)).isEmpty();
    }
  }

  @Test
  void a_changed_ciphertext_is_not_opened() {
    byte[] bytes = Base64.getDecoder().decode(PROFILE.data());
    IntStream.of(0, bytes.length / 2, bytes.length - 17, bytes.length - 1)
        .forEach(
            at -> {
              byte[] changed = bytes.clone();
              changed[at] ^= 0x55;
              String data = Base64.getEncoder().encodeToString(changed);
              assertThat(open(KEY, new EncryptedData(data, IV), PROFILE_MADE)).isEmpty();
            });
    String shorter = Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(open(KEY, new EncryptedData(shorter, IV), PROFILE_MADE)).isEmpty();
  }

  @Test
  void bytes_that_are_no_text_are_not_opened() {
    byte[] text = profileJson("\"a\":\"?\"").getBytes(StandardCharsets.UTF_8);
    text[new String(text, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xFF;
    assertThat(open(KEY, PhoneSide.encrypt(KEY, text), PROFILE_MADE)).isEmpty();
  }

  @Test
  void data_of_16_kib_is_opened() {
    String long16k = profileJson("\"a\":\"" + "x".repeat(16_000) + "\"");
    assertThat(open(KEY, encrypt(long16k), PROFILE_MADE)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"avatarUrl\":\"http://thirdwx.qlogo.cn/a\"",
        "\"avatarUrl\":\"https://evil.example/a\"",
        "\"avatarUrl\":\"https://qlogo.cn.evil.example/a\"",
        "\"avatarUrl\":\"https://evilqlogo.cn/a\"",
        "\"avatarUrl\":\"https://user@wx.qlogo.cn/a\"",
        "\"avatarUrl\":\"javascript:alert(1)\"",
        "\"avatarUrl\":\"https://wx.qlogo.cn/a b\"",
        "\"nickName\":\"a\\u0007b\"",
        "\"nickName\":\"123456789012345678901234567890123\"",
        "\"nickName\":\"\"",
        "\"nickName\":{\"a\":1}",
        "\"gender\":7",
        "\"language\":\"12345678901234567\""
      })
  void what_a_profile_field_objects_to_is_left_out(String field) {
    assertThat(open(KEY, encrypt(profileJson(field)), PROFILE_MADE).map(OpenedData::profile))
        .contains(new ProfileChange(Map.of()));
  }

  @Test
  void a_message_of_the_encrypted_channel_is_decrypted() {
    EncryptKey key =
        new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", "6003f73ec441c386", 10, Duration.ofHours(1));
    String base64 = PhoneSide.encrypt(key, "{\"how\":\"是\"}");
    assertThat(openData.decrypt(key, base64)).contains("{\"how\":\"是\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAAA"})
  void what_is_no_message_of_the_encrypted_channel_is_nothing(String base64) {
    EncryptKey key =
        new EncryptKey("VI6BpyrK9XH4i4AIGe86tg==", "6003f73ec441c386", 10, Duration.ofHours(1));
    assertThat(openData.decrypt(key, base64)).isEmpty();
  }

  private Optional<OpenedData> open(SessionKey key, EncryptedData data, Instant now) {
    return openData.open(person(key), data, Optional.empty(), now);
  }

  private Optional<OpenedData> signed(String rawData, String ofWhat, SessionKey with) {
    SignedData signed = new SignedData(rawData, PhoneSide.sign(with, ofWhat).signature());
    return openData.open(person(KEY, OTHER_KEY), PROFILE, Optional.of(signed), PROFILE_MADE);
  }

  private static Identity person(SessionKey... keys) {
    return new Identity(APP, PERSON, Sample.userId(), List.of(keys));
  }

  private static String profileJson(String fields) {
    return "{"
        + fields
        + (fields.isEmpty() ? "" : ",")
        + "\"watermark\":{\"timestamp\":1477314187,\"appid\":\"wx4f4bc4dec97d474b\"}}";
  }

  private static String phoneJson(String fields) {
    return profileJson(fields).replace("1477314187", "1637744274");
  }

  private static EncryptedData encrypt(String json) {
    return PhoneSide.encrypt(KEY, json.getBytes(StandardCharsets.UTF_8));
  }
}
