package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.platform.UserInfo;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Open data: what is opened, what of it is taken over, and that every refusal looks the same. */
@ExtendWith(Studio.Given.class)
class OpenDataRoutesTest {
  private static final String IV = "AAECAwQFBgcICQoLDA0ODw==";
  private static final int ATTEMPTS = 10;
  private static final Duration GOOD_FOR = dev.minilogin.domain.wechat.OpenData.GOOD_FOR;

  private final Studio studio;
  private final String person = WeChat.somebody();
  private final String token;

  OpenDataRoutesTest(Studio studio) {
    this.studio = studio;
    this.token = studio.logIn(Studio.APP, person).token();
  }

  /** A text in base64 with one bit of one of its bytes another. */
  static String withFlippedBit(String base64, int bit) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What WeChat's phone does: AES-128-CBC. */
  static String encrypt(String sessionKey, String iv, String text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(Base64.getDecoder().decode(sessionKey), "AES"),
          new IvParameterSpec(Base64.getDecoder().decode(iv)));
      return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  private String encrypted(String text) {
    return encrypt(studio.simulator.sessionKey(Studio.APP, person).orElseThrow(), IV, text);
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private Answer open(String someToken, OpenData data) {
    return post(someToken, Client.json("encryptedData", data.encryptedData(), "iv", data.iv()));
  }

  private Answer open(String someToken, String rawData, String signature, OpenData data) {
    return post(
        someToken,
        Client.json(
            "rawData",
            rawData,
            "signature",
            signature,
            "encryptedData",
            data.encryptedData(),
            "iv",
            data.iv()));
  }

  private Answer post(String someToken, String body) {
    return studio.client.post(someToken, "/v1/me/open-data", body);
  }

  @Test
  void what_the_phone_gives_is_opened_without_identifiers() {
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);

    Answer answer = open(token, info.rawData(), info.signature(), info.openData()).has(200);

    JsonNode data = answer.json().get("data");
    assertThat(data.get("nickName").asText()).isEqualTo("微信用户");
    assertThat(data.get("is_demote").asBoolean()).isTrue();
    assertThat(data.has("watermark")).isFalse();
    assertThat(answer.text("at"))
        .isEqualTo(studio.clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  @Test
  void openid_and_unionid_are_given_to_nobody() {
    String openId = studio.simulator.openid(Studio.APP, person);
    String unionId = studio.simulator.unionid(Studio.APP, person).orElseThrow();
    OpenData data =
        studio.simulator.openData(
            Studio.APP,
            person,
            Client.json("openId", openId, "unionId", unionId, "steps", List.of(1, 2.5, "x")));

    Answer answer = open(token, data).has(200);

    assertThat(answer.json().get("data").toString()).isEqualTo("{\"steps\":[1,2.5,\"x\"]}");
  }

  @Test
  void the_signature_is_accepted_in_capitals_and_without_need() {
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);

    open(token, info.rawData(), info.signature().toUpperCase(Locale.ROOT), info.openData())
        .has(200);
    open(token, info.openData()).has(200);
  }

  @Test
  void what_it_says_of_the_profile_is_taken_over() {
    OpenData data =
        studio.simulator.openData(
            Studio.APP,
            person,
            "{\"nickName\":\"Band\",\"gender\":1,\"language\":\"zh_CN\",\"city\":\"Guangzhou\","
                + "\"province\":\"Guangdong\",\"country\":\"CN\",\"avatarUrl\":"
                + "\"http://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2A/0\"}");

    open(token, data).has(200);

    Answer me = studio.client.me(token).has(200);
    assertThat(me.text("nickname")).isEqualTo("Band");
    assertThat(me.json().get("gender").asInt()).isEqualTo(1);
    assertThat(me.text("language")).isEqualTo("zh_CN");
    assertThat(me.text("city")).isEqualTo("Guangzhou");
    assertThat(me.text("province")).isEqualTo("Guangdong");
    assertThat(me.text("country")).isEqualTo("CN");
    assertThat(me.text("avatarUrl"))
        .isEqualTo("https://wx.qlogo.cn/mmopen/vi_32/aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2A/0");
  }

  @Test
  void placeholders_replace_nothing_that_is_known() {
    studio
        .client
        .patchMe(
            token,
            Client.json(
                "nickname", "真名", "gender", 2, "city", "上海", "avatarUrl", "https://example.com/me"))
        .has(200);
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);
    JsonNode before = studio.client.me(token).json();

    open(token, info.rawData(), info.signature(), info.openData()).has(200);

    assertThat(studio.client.me(token).json()).isEqualTo(before);
  }

  @Test
  void a_picture_that_is_not_wechats_is_not_taken_over() {
    OpenData data =
        studio.simulator.openData(
            Studio.APP,
            person,
            Client.json("nickName", "某人", "avatarUrl", "https://qlogo.cn.example.com/1"));

    open(token, data).has(200);

    Answer me = studio.client.me(token).has(200);
    assertThat(me.text("nickname")).isEqualTo("某人");
    assertThat(me.text("avatarUrl")).isNull();
  }

  @Test
  void a_nickname_from_open_data_is_reviewed_like_any_other() {
    String someToken = studio.logIn(Studio.REVIEWING, person).token();
    OpenData data =
        studio.simulator.openData(
            Studio.REVIEWING, person, Client.json("nickName", "risky 名字", "city", "北京"));

    open(someToken, data).has(200);

    Answer me = studio.client.me(someToken).has(200);
    assertThat(me.text("nickname")).isNull();
    assertThat(me.text("city")).isEqualTo("北京");
    assertThat(me.json().get("reviews").get(0).get("state").asText()).isEqualTo("refused");
  }

  /** What can be wrong, each for this person's session. */
  private Map<String, Supplier<Answer>> whatIsWrong(String someToken) {
    String another = WeChat.somebody();
    studio.logIn(Studio.APP, another);
    studio.logIn(Studio.SISTER_APP, person);
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);
    UserInfo anothers = studio.simulator.userInfo(Studio.APP, another);
    UserInfo sisters = studio.simulator.userInfo(Studio.SISTER_APP, person);
    long now = studio.clock.instant().getEpochSecond();
    String mine = studio.simulator.openid(Studio.APP, person);
    String theirs = studio.simulator.openid(Studio.APP, another);
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    wrong.put(
        "signature of other data",
        () -> open(someToken, info.rawData(), anothers.signature(), info.openData()));
    wrong.put(
        "data changed after it was signed",
        () ->
            open(
                someToken,
                info.rawData().replace("微信用户", "另一个人"),
                info.signature(),
                info.openData()));
    wrong.put(
        "signed without a key",
        () -> open(someToken, info.rawData(), sha1(info.rawData()), info.openData()));
    wrong.put(
        "another user's data",
        () -> open(someToken, anothers.rawData(), anothers.signature(), anothers.openData()));
    wrong.put(
        "another mini program's data",
        () -> open(someToken, sisters.rawData(), sisters.signature(), sisters.openData()));
    wrong.put(
        "old watermark", () -> sealed(someToken, mine, Studio.APP, now - GOOD_FOR.toSeconds() - 1));
    wrong.put(
        "watermark of the future",
        () -> sealed(someToken, mine, Studio.APP, now + GOOD_FOR.toSeconds() + 2));
    wrong.put(
        "watermark of another mini program", () -> sealed(someToken, mine, Studio.SISTER_APP, now));
    wrong.put("another openid", () -> sealed(someToken, theirs, Studio.APP, now));
    return wrong;
  }

  private Map<String, Supplier<Answer>> whatIsUnreadable(String someToken) {
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    wrong.put("no watermark", () -> open(someToken, new OpenData(encrypted("{\"gender\":1}"), IV)));
    wrong.put(
        "a watermark that is none",
        () -> open(someToken, new OpenData(encrypted("{\"watermark\":7}"), IV)));
    wrong.put("no object", () -> open(someToken, new OpenData(encrypted("[1,2,3]"), IV)));
    wrong.put("no JSON", () -> open(someToken, new OpenData(encrypted("hello"), IV)));
    wrong.put("nothing", () -> open(someToken, new OpenData(encrypted(""), IV)));
    wrong.put(
        "half a block", () -> open(someToken, new OpenData("AAAAAAAAAAA=", info.openData().iv())));
    wrong.put(
        "noise", () -> open(someToken, new OpenData("A".repeat(20_000), info.openData().iv())));
    return wrong;
  }

  private Answer sealed(String someToken, String openId, String appId, long timestamp) {
    String text =
        Client.json("openId", openId, "watermark", Map.of("appid", appId, "timestamp", timestamp));
    return open(someToken, new OpenData(encrypted(text), IV));
  }

  /** A refusal as every other one looks. */
  private static String refusal(Answer answer) {
    answer.isProblem(400, "open-data-refused");
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("traceId");
    return answer.status() + " " + answer.header("Content-Type").orElseThrow() + " " + body;
  }

  @Test
  void whatever_is_wrong_the_answer_is_the_same() {
    // Without what is wrong with them, these would be opened.
    sealed(
            token,
            studio.simulator.openid(Studio.APP, person),
            Studio.APP,
            studio.clock.instant().getEpochSecond())
        .has(200);
    String second = studio.logIn(Studio.APP, person).token();
    Map<String, Supplier<Answer>> wrong = whatIsWrong(token);
    wrong.putAll(whatIsUnreadable(second));
    String first = null;

    for (Map.Entry<String, Supplier<Answer>> one : wrong.entrySet()) {
      String refusal = refusal(one.getValue().get());
      assertThat(refusal).as(one.getKey()).isEqualTo(first == null ? refusal : first);
      first = refusal;
    }

    assertThat(wrong).hasSize(16);
  }

  @Test
  void three_hundred_flipped_bits_are_refused_alike() {
    Random random = new Random(20_261_122);
    String first = null;
    String someToken = token;
    for (int i = 0; i < 300; i++) {
      if (i % ATTEMPTS == 0) {
        someToken = studio.logIn(Studio.APP, person).token();
      }
      UserInfo info = studio.simulator.userInfo(Studio.APP, person);

      String refusal = refusal(flipped(someToken, info, i, random));

      assertThat(refusal).as("flip %d", i).isEqualTo(first == null ? refusal : first);
      first = refusal;
    }
  }

  /** Of the iv only the bits that are the opening brace's: others change a name in the data. */
  private Answer flipped(String someToken, UserInfo info, int i, Random random) {
    String data = info.openData().encryptedData();
    String iv = info.openData().iv();
    String signature = info.signature();
    if (i % 15 == 0) {
      iv = withFlippedBit(iv, i / 15 % 8);
    } else if (i % 15 == 1) {
      int at = random.nextInt(signature.length());
      char other = signature.charAt(at) == '0' ? '1' : '0';
      signature = signature.substring(0, at) + other + signature.substring(at + 1);
    } else {
      data = withFlippedBit(data, random.nextInt(Base64.getDecoder().decode(data).length * 8));
    }
    return open(someToken, info.rawData(), signature, new OpenData(data, iv));
  }

  @Test
  void after_ten_refusals_good_data_is_refused_too_in_this_session_only() {
    UserInfo info = studio.simulator.userInfo(Studio.APP, person);
    for (int i = 0; i < ATTEMPTS; i++) {
      refusal(open(token, new OpenData(withFlippedBit(info.openData().encryptedData(), i), IV)));
    }

    assertThat(open(token, info.openData()).isProblem(429, "open-data-locked").text("action"))
        .isEqualTo("log-in");
    // The phone's data draws on the same ten.
    OpenData phone = studio.simulator.phoneData(Studio.APP, person);
    studio
        .client
        .post(
            token,
            "/v1/me/phone",
            Client.json("encryptedData", phone.encryptedData(), "iv", phone.iv()))
        .isProblem(429, "open-data-locked");
    studio.client.me(token).has(200);
    open(studio.logIn(Studio.APP, person).token(), info.openData()).has(200);
  }

  @Test
  void data_under_an_older_session_key_opens_together_with_its_own_signature() {
    UserInfo older = studio.simulator.userInfo(Studio.APP, person);
    studio.clock.advance(Duration.ofSeconds(61));
    studio.logIn(Studio.APP, person);
    UserInfo newer = studio.simulator.userInfo(Studio.APP, person);
    assertThat(newer.signature()).isNotEqualTo(older.signature());

    open(token, older.rawData(), older.signature(), older.openData()).has(200);

    refusal(open(token, newer.rawData(), newer.signature(), older.openData()));
    refusal(open(token, older.rawData(), older.signature(), newer.openData()));
  }

  static Stream<Arguments> badBodies() {
    String data = "A".repeat(64);
    String signature = "0".repeat(40);
    return Stream.of(
        Arguments.of("{}", List.of("encryptedData", "iv")),
        Arguments.of(Client.json("encryptedData", data), List.of("iv")),
        Arguments.of(Client.json("iv", IV), List.of("encryptedData")),
        Arguments.of(
            Client.json("encryptedData", null, "iv", null), List.of("encryptedData", "iv")),
        Arguments.of(Client.json("encryptedData", "", "iv", IV), List.of("encryptedData")),
        Arguments.of(Client.json("encryptedData", "AAAAA", "iv", IV), List.of("encryptedData")),
        Arguments.of(
            Client.json("encryptedData", "A".repeat(24_000), "iv", IV), List.of("encryptedData")),
        Arguments.of(Client.json("encryptedData", data, "iv", "AAAA"), List.of("iv")),
        Arguments.of(
            Client.json("encryptedData", data, "iv", IV, "rawData", "{}"), List.of("signature")),
        Arguments.of(
            Client.json("encryptedData", data, "iv", IV, "signature", signature),
            List.of("rawData")),
        Arguments.of(
            Client.json("encryptedData", data, "iv", IV, "rawData", "{}", "signature", "xyz"),
            List.of("signature")),
        Arguments.of(Client.json("encryptedData", List.of(), "iv", IV), List.of("body")),
        Arguments.of("[]", List.of("body")),
        Arguments.of("7", List.of("body")));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void a_body_that_is_not_as_described_is_refused_and_its_fields_named(
      String body, List<String> fields) {
    Answer refused = post(token, body).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactlyInAnyOrderElementsOf(fields);
  }

  @Test
  void a_body_that_is_no_json_is_refused() {
    post(token, "{\"iv\":").isProblem(400, "malformed-json");
  }

  @Test
  void a_form_error_takes_nothing_from_the_ten() {
    for (int i = 0; i < ATTEMPTS + 1; i++) {
      post(token, "{}").isProblem(400, "invalid-request");
    }

    open(token, studio.simulator.userInfo(Studio.APP, person).openData()).has(200);
  }

  @Test
  void it_takes_a_session() {
    studio.client.post("junk", "/v1/me/open-data", "{}").isProblem(401, "token-invalid");
    studio.client.get("/v1/me/open-data").isProblem(405, "method-not-allowed");
  }
}
