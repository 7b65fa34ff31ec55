package dev.minilogin.bootstrap.http;

import static dev.minilogin.domain.testing.Sample.ANN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.application.push.ReplayPushes;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes, from WeChat's signed request to what the user sees of it. */
@ExtendWith(Studio.Given.class)
class PushRoutesTest {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final Studio studio;
  private final String person = WeChat.somebody();

  PushRoutesTest(Studio studio) {
    this.studio = studio;
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
  }

  private String logIn(String appId) {
    return studio.logIn(appId, person).token();
  }

  private Answer me(String token) {
    return studio.client.me(token).has(200);
  }

  private Answer rename(String token, String nickname) {
    return studio.client.postMe(token, Client.json("nickname", nickname)).has(200);
  }

  private Instant now() {
    return studio.clock.instant();
  }

  private static String sha1OfSorted(String... parts) {
    String text = Stream.of(parts).sorted().collect(Collectors.joining());
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /** A query that is signed for a mini program, and doesn't cover the body. */
  private String signed(String appId, Instant at) {
    String time = String.valueOf(at.getEpochSecond());
    return "signature=%s&timestamp=%s&nonce=4711"
        .formatted(sha1OfSorted(studio.target(appId).token(), time, "4711"), time);
  }

  private Answer check(String appId, String query) {
    return studio.client.get("/wechat/push/" + appId + "?" + query);
  }

  private int kept(String appId) {
    return Dump.of(studio.database)
        .count("SELECT COUNT(*) FROM push_inbox WHERE app_id = ?", appId);
  }

  @Test
  void wechats_check_of_the_address_is_answered_with_its_echo() {
    for (String appId : List.of(Studio.APP, Studio.SECURE_XML, Studio.PLAIN_JSON)) {
      assertThat(studio.simulator.checkPushUrl(appId)).isTrue();
      Answer answer = check(appId, signed(appId, now()) + "&echostr=4375120948345356249").has(200);
      assertThat(answer.text()).isEqualTo("4375120948345356249");
      assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void a_check_that_is_not_wechats_is_refused_alike() {
    String echo = "&echostr=4375120948345356249";
    String good = signed(Studio.APP, now());
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    wrong.put("no query", () -> check(Studio.APP, ""));
    wrong.put("no echo", () -> check(Studio.APP, good));
    wrong.put("an empty echo", () -> check(Studio.APP, good + "&echostr="));
    wrong.put("an echo that is a page", () -> check(Studio.APP, good + "&echostr=%3Cscript%3E"));
    wrong.put("a long echo", () -> check(Studio.APP, good + "&echostr=" + "1".repeat(129)));
    wrong.put(
        "another signature",
        () -> check(Studio.APP, good.replaceFirst("signature=.{4}", "signature=0000") + echo));
    wrong.put(
        "no signature", () -> check(Studio.APP, good.replaceFirst("signature=[^&]*&", "") + echo));
    wrong.put("another nonce", () -> check(Studio.APP, good + "1" + echo));
    wrong.put(
        "too old",
        () -> check(Studio.APP, signed(Studio.APP, now().minus(WINDOW).minusSeconds(1)) + echo));
    wrong.put(
        "of the future",
        () -> check(Studio.APP, signed(Studio.APP, now().plus(WINDOW).plusSeconds(2)) + echo));
    wrong.put("another mini program's", () -> check(Studio.SISTER_APP, good + echo));
    wrong.put("of one that gets no pushes", () -> check(Studio.WITHOUT_PUSHES, good + echo));
    wrong.put("of nobody", () -> check("wx0000000000000000", good + echo));
    wrong.put("of no appid", () -> check("a%20b", good + echo));

    allRefusedAlike(wrong);
  }

  /** A refusal as every other one looks. */
  private static String refusal(String what, Answer answer) {
    assertThat(answer.status()).as("%s: %s", what, answer).isEqualTo(403);
    assertThat(answer.text("code")).as(what).isEqualTo("push-refused");
    return answer.header("Content-Type").orElseThrow()
        + " "
        + answer.text().replace(answer.text("traceId"), "");
  }

  private static void allRefusedAlike(Map<String, Supplier<Answer>> wrong) {
    String first = null;
    for (Map.Entry<String, Supplier<Answer>> one : wrong.entrySet()) {
      String refusal = refusal(one.getKey(), one.getValue().get());
      assertThat(refusal).as(one.getKey()).isEqualTo(first == null ? refusal : first);
      first = refusal;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Studio.APP,
        Studio.SECURE_XML,
        Studio.COMPATIBLE_JSON,
        Studio.COMPATIBLE_XML,
        Studio.PLAIN_JSON,
        Studio.PLAIN_XML,
        Studio.WITH_TWO_KEYS
      })
  void a_push_is_understood_in_each_mode_and_format(String appId) {
    String token = logIn(appId);
    rename(token, "旧名");

    PushEnvelope push = studio.simulator.envelope(appId, PushEvent.userInfoModified(person));
    Answer answer = studio.deliver(appId, push).has(200);

    assertThat(answer.text()).isEqualTo("success");
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    studio.handlePushes();
    assertThat(me(token).text("nickname")).isNull();
    assertThat(me(token).text("profileClearedAt")).isEqualTo(now().toString());
  }

  @Test
  void wechat_is_content_with_one_try() {
    logIn(Studio.APP);

    assertThat(studio.simulator.push(Studio.APP, PushEvent.userInfoModified(person)))
        .matches(delivery -> delivery.accepted() && delivery.attempts() == 1);
  }

  @Test
  void while_the_key_is_changed_both_are_good() {
    String app = Studio.WITH_TWO_KEYS;
    String token = logIn(app);
    for (String key : List.of(WeChat.aesKey(app), Studio.previousKey())) {
      rename(token, "钥匙");
      studio.clock.advance(Duration.ofSeconds(1));
      studio.deliver(app, sealed(withKey(studio.target(app), key), app, modified(app))).has(200);
      studio.handlePushes();
      assertThat(me(token).text("nickname")).isNull();
    }

    String third = WeChat.aesKey("a third one");
    studio
        .deliver(app, sealed(withKey(studio.target(app), third), app, modified(app)))
        .isProblem(403, "push-refused");
  }

  private static PushTarget withKey(PushTarget target, String key) {
    return with(target, target.token(), Optional.of(key), target.mode(), target.format());
  }

  private static PushTarget with(
      PushTarget target, String token, Optional<String> key, PushMode mode, PushFormat format) {
    return new PushTarget(target.url(), token, key, mode, format, target.originalId());
  }

  private PushEnvelope sealed(PushTarget target, String inside, ObjectNode message) {
    return PushEnvelope.seal(target, inside, message, now());
  }

  /** What WeChat writes when it has cleaned the person's profile. */
  private ObjectNode modified(String appId) {
    return new ObjectMapper()
        .createObjectNode()
        .put("ToUserName", "gh_" + appId.substring(2))
        .put("FromUserName", studio.simulator.platformAccount(appId))
        .put("CreateTime", now().getEpochSecond())
        .put("MsgType", "event")
        .put("Event", PushEvent.USER_INFO_MODIFIED)
        .put("OpenID", studio.simulator.openid(appId, person))
        .put("AppID", appId);
  }

  private Answer post(String appId, String query, String body) {
    return studio.deliver(appId, query, "application/json", body.getBytes(UTF_8));
  }

  private Map<String, Supplier<Answer>> forgeries() {
    String app = Studio.APP;
    PushTarget target = studio.target(app);
    PushEnvelope good = sealed(target, app, modified(app));
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    wrong.put(
        "another msg_signature",
        () -> post(app, good.query().replaceFirst("(msg_signature=).", "$1_"), good.body()));
    wrong.put(
        "no msg_signature",
        () -> post(app, good.query().replaceFirst("&msg_signature=.*", ""), good.body()));
    wrong.put(
        "the signature in place of msg_signature",
        () ->
            post(
                app,
                signed(app, now()) + "&msg_signature=" + signed(app, now()).substring(10, 50),
                good.body()));
    wrong.put(
        "another nonce", () -> post(app, good.query().replace("nonce=", "nonce=1"), good.body()));
    wrong.put("no query", () -> post(app, "", good.body()));
    wrong.put(
        "no timestamp",
        () -> post(app, good.query().replaceFirst("timestamp=\\d+&", ""), good.body()));
    wrong.put(
        "a timestamp that is none",
        () -> post(app, good.query().replaceFirst("timestamp=", "timestamp=x"), good.body()));
    wrong.put(
        "another token",
        () ->
            studio.deliver(
                app,
                sealed(
                    with(
                        target, "another", target.encodingAesKey(), target.mode(), target.format()),
                    app,
                    modified(app))));
    wrong.put(
        "another key",
        () ->
            studio.deliver(
                app, sealed(withKey(target, WeChat.aesKey("another")), app, modified(app))));
    wrong.put(
        "another mini program inside",
        () -> studio.deliver(app, sealed(target, Studio.SISTER_APP, modified(app))));
    wrong.put(
        "more than the appid inside",
        () -> studio.deliver(app, sealed(target, app + "0", modified(app))));
    wrong.put(
        "too old", () -> studio.deliver(app, late(target, app, WINDOW.plusSeconds(1).negated())));
    wrong.put("of the future", () -> studio.deliver(app, late(target, app, WINDOW.plusSeconds(2))));
    wrong.put("to another mini program", () -> studio.deliver(Studio.SISTER_APP, good));
    wrong.put("to one that gets no pushes", () -> studio.deliver(Studio.WITHOUT_PUSHES, good));
    wrong.put("to nobody", () -> studio.deliver("wx0000000000000000", good));
    wrong.put("to no appid", () -> studio.deliver("a%20b", good));
    return wrong;
  }

  private PushEnvelope late(PushTarget target, String appId, Duration by) {
    return PushEnvelope.seal(target, appId, modified(appId), now().plus(by));
  }

  private Map<String, Supplier<Answer>> otherModesAndFormats() {
    String app = Studio.APP;
    PushTarget target = studio.target(app);
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    wrong.put(
        "in clear where secure mode is set",
        () -> studio.deliver(app, sealed(in(target, PushMode.PLAIN), app, modified(app))));
    wrong.put(
        "in clear where compatible mode is set",
        () ->
            studio.deliver(
                Studio.COMPATIBLE_JSON,
                sealed(
                    in(studio.target(Studio.COMPATIBLE_JSON), PushMode.PLAIN),
                    Studio.COMPATIBLE_JSON,
                    modified(Studio.COMPATIBLE_JSON))));
    wrong.put(
        "XML where JSON is set",
        () -> studio.deliver(app, sealed(in(target, PushFormat.XML), app, modified(app))));
    wrong.put(
        "JSON where XML is set",
        () ->
            studio.deliver(
                Studio.SECURE_XML,
                sealed(
                    in(studio.target(Studio.SECURE_XML), PushFormat.JSON),
                    Studio.SECURE_XML,
                    modified(Studio.SECURE_XML))));
    wrong.put(
        "plain XML where plain JSON is set",
        () ->
            studio.deliver(
                Studio.PLAIN_JSON,
                sealed(
                    in(studio.target(Studio.PLAIN_JSON), PushFormat.XML),
                    Studio.PLAIN_JSON,
                    modified(Studio.PLAIN_JSON))));
    return wrong;
  }

  private static PushTarget in(PushTarget target, PushMode mode) {
    return with(target, target.token(), target.encodingAesKey(), mode, target.format());
  }

  private static PushTarget in(PushTarget target, PushFormat format) {
    return with(target, target.token(), target.encodingAesKey(), target.mode(), format);
  }

  private Map<String, Supplier<Answer>> bodiesThatAreNone() {
    String plain = Studio.PLAIN_JSON;
    Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
    for (String appId : List.of(plain, Studio.PLAIN_XML, Studio.APP, Studio.SECURE_XML)) {
      wrong.put(
          "no body to " + appId,
          () -> studio.deliver(appId, signed(appId, now()), "application/json", new byte[0]));
      wrong.put(
          "broken UTF-8 to " + appId,
          () ->
              studio.deliver(
                  appId,
                  signed(appId, now()),
                  "application/json",
                  new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}));
    }
    for (String body :
        List.of("[]", "7", "null", "{", "{\"Event\":}", "text", "{} {}", deep(9), deep(9_000))) {
      wrong.put(
          "in clear " + body.substring(0, Math.min(20, body.length())),
          () -> post(plain, signed(plain, now()), body));
    }
    String app = Studio.APP;
    for (String encrypt : List.of("", "AAAA", "====", "A".repeat(43), "不是")) {
      String time = String.valueOf(now().getEpochSecond());
      String query =
          "timestamp=%s&nonce=4711&msg_signature=%s"
              .formatted(time, sha1OfSorted(studio.target(app).token(), time, "4711", encrypt));
      wrong.put("Encrypt " + encrypt, () -> post(app, query, Client.json("Encrypt", encrypt)));
    }
    return wrong;
  }

  private static String deep(int levels) {
    return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
  }

  @Test
  void whatever_is_wrong_with_a_push_the_answer_is_the_same_and_nothing_is_kept() {
    String token = logIn(Studio.APP);
    rename(token, "不变");
    int before = Dump.of(studio.database).count("SELECT COUNT(*) FROM push_inbox");
    Map<String, Supplier<Answer>> wrong = forgeries();
    wrong.putAll(otherModesAndFormats());
    wrong.putAll(bodiesThatAreNone());

    allRefusedAlike(wrong);

    assertThat(wrong).hasSizeGreaterThan(40);
    assertThat(Dump.of(studio.database).count("SELECT COUNT(*) FROM push_inbox")).isEqualTo(before);
    studio.handlePushes();
    assertThat(me(token).text("nickname")).isEqualTo("不变");
    // As it is without what is wrong with them.
    studio
        .deliver(Studio.APP, sealed(studio.target(Studio.APP), Studio.APP, modified(Studio.APP)))
        .has(200);
  }

  @Test
  void hostile_xml_is_refused_alike_and_nothing_is_fetched() throws IOException {
    String app = Studio.PLAIN_XML;
    int before = kept(app);
    try (ServerSocket elsewhere = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Map<String, Supplier<Answer>> wrong = new LinkedHashMap<>();
      HostileXml.all("http://127.0.0.1:" + elsewhere.getLocalPort())
          .forEach(
              (name, xml) ->
                  wrong.put(
                      name,
                      () ->
                          studio.deliver(
                              app, signed(app, now()), "text/xml", xml.getBytes(UTF_8))));
      assertThat(wrong).hasSizeGreaterThanOrEqualTo(40);
      long start = System.nanoTime();

      allRefusedAlike(wrong);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
      elsewhere.setSoTimeout(1);
      assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
    }
    assertThat(kept(app)).isEqualTo(before);
  }

  @Test
  void hostile_xml_around_a_ciphertext_is_refused_too() {
    String app = Studio.SECURE_XML;
    PushEnvelope good = sealed(studio.target(app), app, modified(app));
    String typed = "<!DOCTYPE xml [<!ENTITY e \"x\">]>" + good.body();

    studio
        .deliver(app, good.query(), "text/xml", typed.getBytes(UTF_8))
        .isProblem(403, "push-refused");
    studio.deliver(app, good).has(200);
  }

  @Test
  void a_body_that_is_larger_than_any_push_is_refused_unread() {
    post(Studio.PLAIN_JSON, signed(Studio.PLAIN_JSON, now()), "x".repeat(70_000))
        .isProblem(413, "payload-too-large");
  }

  @Test
  void a_push_may_be_minutes_late() {
    studio
        .deliver(
            Studio.APP,
            late(studio.target(Studio.APP), Studio.APP, WINDOW.minusSeconds(1).negated()))
        .has(200);
  }

  @Test
  void what_is_not_known_here_is_kept_and_acknowledged() {
    int before = kept(Studio.APP);

    studio.push(
        Studio.APP,
        PushEvent.of("wxa_punish_event")
            .with("punish", Map.of("level", 3))
            .with("items", List.of(1, 2)));
    studio.push(Studio.APP, PushEvent.userInfoModified(person).with("OpenID", null));
    studio.push(Studio.APP, PushEvent.userInfoModified(person).with("OpenID", "nobody-at-all"));

    assertThat(kept(Studio.APP)).isEqualTo(before + 3);
    assertThat(
            Dump.of(studio.database)
                .count(
                    "SELECT COUNT(*) FROM push_inbox WHERE app_id = ? AND next_try_at IS NOT NULL",
                    Studio.APP))
        .isZero();
  }

  @Test
  void a_push_that_is_sent_again_is_acknowledged_again_and_kept_once() {
    String token = logIn(Studio.APP);
    PushEvent event = PushEvent.userInfoModified(person).at(now());
    int before = kept(Studio.APP);
    studio.push(Studio.APP, event);
    rename(token, "新的");

    studio.clock.advance(Duration.ofSeconds(6));
    studio.push(Studio.APP, event);

    assertThat(kept(Studio.APP)).isEqualTo(before + 1);
    assertThat(me(token).text("nickname")).isEqualTo("新的");
  }

  @Test
  void two_people_in_the_same_second_are_two() {
    String token = logIn(Studio.APP);
    String another = WeChat.somebody();
    String other = studio.logIn(Studio.APP, another).token();
    Instant second = now();
    for (String someone : List.of(token, other)) {
      rename(someone, "同秒");
    }

    studio.push(Studio.APP, PushEvent.userAuthorizationRevoke(person, "6").at(second));
    studio.push(Studio.APP, PushEvent.userAuthorizationRevoke(another, "6").at(second));

    assertThat(me(token).text("nickname")).isNull();
    assertThat(me(other).text("nickname")).isNull();
  }

  /** Somebody of whom everything is known. */
  private String logInKnown(String appId) {
    String token = logIn(appId);
    studio
        .client
        .postMe(
            token,
            Client.json(
                "nickname",
                "全名",
                "avatarUrl",
                "https://thirdwx.qlogo.cn/mmopen/vi_32/abc/132",
                "gender",
                1,
                "city",
                "长沙"))
        .has(200);
    return studio
        .client
        .bindPhone(token, studio.weChat.phoneCode(appId, person))
        .has(200)
        .json()
        .get("session")
        .get("token")
        .asText();
  }

  @Test
  void a_profile_that_wechat_cleaned_is_cleared_and_the_user_is_told_until_they_set_one() {
    String token = logInKnown(Studio.APP);
    studio.clock.advance(Duration.ofSeconds(1));

    studio.push(Studio.APP, PushEvent.userInfoModified(person));

    Answer me = me(token);
    assertThat(me.text("nickname")).isNull();
    assertThat(me.text("avatarUrl")).isNull();
    assertThat(me.text("profileClearedAt")).isEqualTo(now().toString());
    assertThat(me.text("city")).isEqualTo("长沙");
    assertThat(me.text("phone")).isNotNull();
    assertThat(rename(token, "再来").text("profileClearedAt")).isNull();
  }

  @Test
  void what_is_in_review_is_cleared_too() {
    String token = logIn(Studio.REVIEWING);
    studio.simulator.addFault(Fault.on(Api.MSG_SEC_CHECK).errcode(-1).always());
    assertThat(rename(token, "审核中").json().get("reviews")).hasSize(1);
    studio.simulator.clearFaults();

    studio.push(Studio.REVIEWING, PushEvent.userAuthorizationRevoke(person, "19"));

    assertThat(me(token).json().get("reviews")).isEmpty();
    studio.clock.advance(Duration.ofHours(1));
    studio.reviewDueContent();
    assertThat(me(token).text("nickname")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6     | nickname avatarUrl",
        "8     | phone",
        "19    | nickname",
        "20    | avatarUrl",
        "1     | ''",
        "5     | ''",
        "12    | ''",
        "18    | ''",
        "66    | ''",
        "80    | ''",
        "201   | ''",
        "x     | ''",
        "''    | ''",
        "6,8   | nickname avatarUrl phone",
        "8;19  | nickname phone",
        "20 8  | avatarUrl phone",
        "1,2,3 | ''",
        "1,8   | phone"
      })
  void exactly_what_a_user_withdraws_is_erased(String revokeInfo, String erased) {
    String token = logInKnown(Studio.APP);
    ObjectNode before = (ObjectNode) me(token).json();
    studio.clock.advance(Duration.ofSeconds(1));

    studio.push(Studio.APP, PushEvent.userAuthorizationRevoke(person, revokeInfo));

    for (String field : erased.isEmpty() ? new String[0] : erased.split(" ")) {
      assertThat(before.get(field).isNull()).isFalse();
      before.putNull(field);
    }
    if (!erased.isEmpty()) {
      before.put("updatedAt", now().toString());
    }
    assertThat(me(token).json()).isEqualTo(before);
  }

  @Test
  void a_number_that_was_erased_is_free_for_another_account() {
    logInKnown(Studio.APP);
    studio.push(Studio.APP, PushEvent.userAuthorizationRevoke(person, "8"));
    String another = WeChat.somebody();
    studio.weChat.movePhone(studio.weChat.phone(person), another);
    String other = studio.logIn(Studio.APP, another).token();

    studio.client.bindPhone(other, studio.weChat.phoneCode(Studio.APP, another)).has(200);
  }

  @Test
  void it_is_about_the_person_in_openid_not_in_fromusername() {
    String token = logInKnown(Studio.APP);
    String another = WeChat.somebody();
    String other = studio.logIn(Studio.APP, another).token();
    rename(other, "另一个");

    studio.push(
        Studio.APP,
        PushEvent.userAuthorizationRevoke(another, "6")
            .with("FromUserName", studio.simulator.openid(Studio.APP, person)));

    assertThat(me(token).text("nickname")).isEqualTo("全名");
    assertThat(me(other).text("nickname")).isNull();
  }

  @Test
  void an_openid_of_another_mini_program_is_nobody() {
    String token = logInKnown(Studio.APP);

    studio.push(
        Studio.PLAIN_JSON,
        PushEvent.userInfoModified(person)
            .with("OpenID", studio.simulator.openid(Studio.APP, person)));

    assertThat(me(token).text("nickname")).isEqualTo("全名");
  }

  @Test
  void closing_the_wechat_account_erases_the_account_here() {
    String nickname = "要被遗忘的人" + System.nanoTime();
    String token = logInKnown(Studio.APP);
    rename(token, nickname);
    studio.client.upload(token, "/v1/me/avatar", "a.jpg", "image/jpeg", Photos.jpeg()).has(200);
    String device = "Erased Phone " + System.nanoTime();
    Answer second = logInFrom(device);
    String sister = studio.logIn(Studio.SISTER_APP, person).token();
    String userId = me(token).text("id");
    String picture = me(token).text("avatarUrl").replaceFirst("https?://[^/]+", "");
    List<String> personal =
        List.of(
            nickname,
            device,
            "长沙",
            studio.weChat.phone(person),
            studio.simulator.openid(Studio.APP, person),
            studio.simulator.openid(Studio.SISTER_APP, person),
            studio.simulator.unionid(Studio.APP, person).orElseThrow());
    assertThat(found(personal)).as("before").contains(nickname, device);
    studio.clock.advance(Duration.ofSeconds(1));

    studio.push(Studio.APP, PushEvent.userAuthorizationCancellation(person));

    for (String ended : List.of(token, second.token(), sister)) {
      Answer answer = studio.client.check(ended).isProblem(401, "session-ended");
      assertThat(answer.text("reason")).isEqualTo("account-deleted");
      studio.client.me(ended).isProblem(401, "session-ended");
    }
    assertThat(found(personal)).as("in the database").doesNotContain(nickname, device);
    assertThat(
            found(
                List.of(
                    studio.weChat.phone(person),
                    studio.simulator.openid(Studio.APP, person),
                    studio.simulator.openid(Studio.SISTER_APP, person),
                    studio.simulator.unionid(Studio.APP, person).orElseThrow())))
        .isEmpty();
    receiptIsKept(userId);
    studio.clock.advance(Duration.ofMinutes(11));
    studio.sweepAvatars();
    studio.client.get(picture).isProblem(404, "not-found");
    Answer again = studio.logIn(Studio.APP, person);
    assertThat(again.json().get("newUser").asBoolean()).isTrue();
    assertThat(again.userId()).isNotEqualTo(userId);
    assertThat(again.user().get("nickname").isNull()).isTrue();
    assertThat(again.user().get("phone").isNull()).isTrue();
    studio.client.check(token).isProblem(401, "session-ended");
  }

  private Answer logInFrom(String device) {
    return studio
        .client
        .postLogin(
            Client.json(
                "appId",
                Studio.APP,
                "code",
                studio.weChat.code(Studio.APP, person),
                "client",
                Map.of("model", device, "platform", "ios", "installId", device)))
        .has(201);
  }

  /** Which of these texts stand in the database, in UTF-8. */
  private List<String> found(List<String> texts) {
    String all = String.join("\n", Dump.of(studio.database).tables().values());
    return texts.stream()
        .filter(text -> all.contains(HexFormat.of().formatHex(text.getBytes(UTF_8))))
        .toList();
  }

  private void receiptIsKept(String userId) {
    Dump dump = Dump.of(studio.database);
    String id = Dump.hex(userId);
    assertThat(
            dump.column(
                "SELECT CONCAT(app_id, ' ', erased_at) FROM erasure_receipts"
                    + " WHERE user_id = UNHEX(?)",
                id))
        .containsExactly(Studio.APP + " " + now().toEpochMilli());
    assertThat(
            dump.count(
                "SELECT COUNT(*) FROM push_inbox i JOIN erasure_receipts r ON r.push_id = i.id"
                    + " WHERE r.user_id = UNHEX(?) AND i.event IS NULL AND i.handled_at IS NOT"
                    + " NULL",
                id))
        .isEqualTo(1);
    assertThat(dump.count("SELECT COUNT(*) FROM wechat_identities WHERE user_id = UNHEX(?)", id))
        .isZero();
  }

  @Test
  void of_a_cancellation_that_comes_again_the_new_account_knows_nothing() {
    String token = logInKnown(Studio.APP);
    PushEvent event = PushEvent.userAuthorizationCancellation(person).at(now());
    studio.push(Studio.APP, event);
    studio.client.check(token).isProblem(401, "session-ended");
    String again = logIn(Studio.APP);

    studio.push(Studio.APP, event);

    me(again);
  }

  @Test
  void an_operator_can_let_pushes_take_effect_again() {
    Instant since = now();
    String token = logInKnown(Studio.APP);
    studio.push(Studio.APP, PushEvent.userAuthorizationRevoke(person, "6"));
    studio.clock.advance(Duration.ofSeconds(1));
    rename(token, "恢复出来的");
    AppId appId = new AppId(Studio.APP);

    assertThat(studio.server.bean(ReplayPushes.class).execute(appId, since, ANN)).isPositive();
    studio.handlePushes();

    assertThat(me(token).text("nickname")).isNull();
    assertThat(
            studio
                .server
                .bean(ReplayPushes.class)
                .execute(appId, now().plus(Duration.ofDays(1)), ANN))
        .isZero();
  }

  @Test
  void while_the_database_is_gone_wechat_is_told_to_come_again() {
    String token = logIn(Studio.APP);
    rename(token, "等库回来");
    PushEnvelope push = studio.simulator.envelope(Studio.APP, PushEvent.userInfoModified(person));
    try (DatabaseWire wire = DatabaseWire.to(studio.database);
        Server cutOff = studio.instance().on(studio.database, wire.jdbcUrl()).start()) {
      wire.cut();

      Answer answer =
          cutOff
              .client()
              .send(
                  cutOff
                      .client()
                      .to("/wechat/push/" + Studio.APP + "?" + push.query())
                      .header("Content-Type", push.contentType())
                      .POST(HttpRequest.BodyPublishers.ofString(push.body())));

      answer.isProblem(503, "storage-unavailable");
      wire.mend();
    }
    studio.deliver(Studio.APP, push).has(200);
    studio.handlePushes();
    assertThat(me(token).text("nickname")).isNull();
  }
}
