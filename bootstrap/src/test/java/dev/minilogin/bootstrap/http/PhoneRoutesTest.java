package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.OpenData;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Binding the phone number that WeChat vouches for, and unbinding it. */
@ExtendWith(Studio.Given.class)
class PhoneRoutesTest {
  /** Longer than WeChat keeps a session_key unchanged. */
  private static final Duration NEW_KEY_AFTER = Duration.ofSeconds(61);

  private static final int ATTEMPTS = 10;

  private final Studio studio;
  private final String person = WeChat.somebody();
  private final String number;
  private final String token;

  /** The tokens that took the place of others. */
  private final Map<String, String> renewed = new ConcurrentHashMap<>();

  PhoneRoutesTest(Studio studio) {
    this.studio = studio;
    this.number = studio.weChat.phone(person);
    this.token = studio.logIn(Studio.APP, person).token();
  }

  @AfterEach
  void wechat_is_well_again() {
    studio.simulator.clearFaults();
  }

  /** As the owner of a number of eleven digits is shown it. */
  private static String masked(String number) {
    return number.substring(0, 3) + "******" + number.substring(9);
  }

  private String phoneOf(String someToken) {
    return studio.client.me(latest(someToken)).has(200).text("phone");
  }

  /** What is the token of that session now. */
  private String latest(String someToken) {
    String next = renewed.get(someToken);
    return next == null ? someToken : latest(next);
  }

  private Answer noting(String someToken, Answer answer) {
    if (answer.status() == 200 && answer.json().hasNonNull("session")) {
      renewed.put(someToken, answer.json().get("session").get("token").asText());
    }
    return answer;
  }

  private static String boundPhone(Answer answer) {
    return answer.has(200).user().get("phone").asText();
  }

  private String code() {
    return studio.weChat.phoneCode(Studio.APP, person);
  }

  private Answer bind(String someToken, String code) {
    return noting(latest(someToken), studio.client.bindPhone(latest(someToken), code));
  }

  private Answer move(String someToken, String code) {
    return post(someToken, Client.json("code", code, "move", true));
  }

  private Answer bind(String someToken, OpenData data) {
    return post(someToken, Client.json("encryptedData", data.encryptedData(), "iv", data.iv()));
  }

  private Answer post(String someToken, String body) {
    String now = latest(someToken);
    return noting(now, studio.client.post(now, "/v1/me/phone", body));
  }

  private Answer unbind(String someToken) {
    return studio.client.send(studio.client.as(latest(someToken), "/v1/me/phone").DELETE());
  }

  /** Somebody else with the same number, who is logged in. */
  private String tokenOfAnother(String appId, String another) {
    studio.weChat.movePhone(number, another);
    return studio.logIn(appId, another).token();
  }

  @Test
  void a_code_binds_the_number_and_its_owner_sees_it_masked() {
    assertThat(phoneOf(token)).isNull();

    assertThat(boundPhone(bind(token, code()))).isEqualTo(masked(number));

    assertThat(phoneOf(token)).isEqualTo(masked(number));
    assertThat(studio.client.check(latest(token)).has(200).user().get("phone").asText())
        .isEqualTo(masked(number));
    assertThat(studio.logIn(Studio.APP, person).user().get("phone").asText())
        .isEqualTo(masked(number));
  }

  @Test
  void a_number_brings_the_session_a_new_token_and_the_old_one_is_dead_at_once() {
    Answer before = studio.client.check(token).has(200);

    Answer bound = studio.client.bindPhone(token, code()).has(200);

    JsonNode grant = bound.json().get("session");
    String next = grant.get("token").asText();
    assertThat(next).isNotEqualTo(token);
    assertThat(grant.get("tokenType").asText()).isEqualTo("Bearer");
    Answer refused = studio.client.me(token).isProblem(401, "session-ended");
    assertThat(refused.text("reason")).isEqualTo("replaced");
    Answer after = studio.client.check(next).has(200);
    assertThat(after.text("id"))
        .isEqualTo(grant.get("sessionId").asText())
        .isNotEqualTo(before.text("id"));
    for (String field : List.of("appId", "device", "platform", "envVersion", "createdAt")) {
      assertThat(after.text(field)).as(field).isEqualTo(before.text(field));
    }
    assertThat(grant.get("expiresIn").asLong())
        .isLessThanOrEqualTo(before.json().get("expiresIn").asLong());
  }

  @Test
  void a_number_that_was_bound_before_brings_no_new_token() {
    bind(token, code()).has(200);

    Answer again = bind(token, code()).has(200);

    assertThat(again.json().get("session").isNull()).isTrue();
    studio.client.me(latest(token)).has(200);
  }

  @Test
  void of_many_bindings_with_one_token_at_once_one_brings_a_new_token() {
    List<String> codes = Stream.generate(this::code).limit(6).toList();

    List<Answer> answers = AtOnce.run(6, i -> studio.client.bindPhone(token, codes.get(i)));

    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 401);
    assertThat(answers).filteredOn(answer -> answer.json().hasNonNull("session")).hasSize(1);
    studio.client.me(token).isProblem(401, "session-ended");
  }

  @Test
  void a_refused_number_leaves_the_token_as_it_is() {
    refusedAsCode(bind(token, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));

    studio.client.me(token).has(200);
  }

  @Test
  void a_number_of_another_country_is_bound_without_its_country_code() {
    String pure = Secrets.note("7%011d".formatted(System.nanoTime() % 100_000_000_000L));
    studio.simulator.addUser(
        studio.simulator.users().stream()
            .filter(user -> user.name().equals(person))
            .findAny()
            .orElseThrow()
            .withPhone(pure, "49"));

    Answer answer = bind(token, Secrets.note(studio.simulator.issuePhoneCode(Studio.APP, person)));

    assertThat(boundPhone(answer)).isEqualTo(pure.substring(0, 3) + "*******" + pure.substring(10));
  }

  @Test
  void a_new_number_takes_the_place_of_the_old_one() {
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    String newNumber = studio.weChat.phone(another);
    studio.weChat.movePhone(newNumber, person);

    assertThat(boundPhone(bind(token, code()))).isEqualTo(masked(newNumber));

    String other = tokenOfAnother(Studio.APP, another);
    bind(other, studio.weChat.phoneCode(Studio.APP, another)).has(200);
  }

  @Test
  void a_code_is_good_once() {
    String code = code();
    bind(token, code).has(200);
    unbind(token).has(200);

    refusedAsCode(bind(token, code));

    assertThat(phoneOf(token)).isNull();
  }

  @Test
  void a_code_is_good_for_the_person_who_got_it_and_in_the_mini_program_that_it_came_from() {
    String another = WeChat.somebody();
    studio.weChat.phone(another);

    refusedAsCode(bind(token, studio.weChat.phoneCode(Studio.APP, another)));
    refusedAsCode(bind(token, studio.weChat.phoneCode(Studio.SISTER_APP, person)));
    refusedAsCode(bind(token, studio.weChat.code(Studio.APP, person)));
    refusedAsCode(bind(token, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));

    assertThat(phoneOf(token)).isNull();
  }

  @Test
  void a_code_is_good_for_five_minutes() {
    String code = code();
    studio.clock.advance(Duration.ofMinutes(5).plusSeconds(1));

    refusedAsCode(bind(token, code));
  }

  private static void refusedAsCode(Answer answer) {
    answer.isProblem(400, "code-invalid");
    assertThat(answer.text("action")).isEqualTo("new-code");
  }

  static Stream<Arguments> failures() {
    Function<FaultBuilder, FaultBuilder> cut = FaultBuilder::cut;
    Function<FaultBuilder, FaultBuilder> page =
        fault -> fault.httpStatus(502).body("<html>Bad Gateway</html>");
    return Stream.of(
        errcode(-1, 503, "wechat-busy"),
        errcode(45011, 429, "wechat-rate-limited"),
        errcode(45009, 429, "wechat-rate-limited"),
        errcode(48001, 502, "wechat-misconfigured"),
        errcode(50002, 502, "wechat-misconfigured"),
        errcode(77777, 502, "wechat-invalid-answer"),
        Arguments.of("a page of HTML", page, 502, "wechat-invalid-answer"),
        body("{\"errcode\":0,\"errmsg\":\"ok\"}"),
        body("{\"errcode\":0,\"phone_info\":{\"phoneNumber\":\"13800138000\"}}"),
        body(
            "{\"errcode\":0,\"phone_info\":{\"phoneNumber\":\"13800138000\",\"purePhoneNumber\":"
                + "\"13800138000\",\"countryCode\":\"86\",\"watermark\":{\"timestamp\":1,"
                + "\"appid\":\"wxa000000000000002\"}}}"),
        body(
            "{\"errcode\":0,\"phone_info\":{\"phoneNumber\":\"no\",\"purePhoneNumber\":\"no\","
                + "\"countryCode\":\"86\",\"watermark\":{\"timestamp\":1,"
                + "\"appid\":\"wxa000000000000001\"}}}"),
        Arguments.of("a cut connection", cut, 504, "wechat-timeout"));
  }

  private static Arguments errcode(int errcode, int status, String code) {
    Function<FaultBuilder, FaultBuilder> with = fault -> fault.errcode(errcode);
    return Arguments.of("errcode " + errcode, with, status, code);
  }

  private static Arguments body(String body) {
    Function<FaultBuilder, FaultBuilder> with = fault -> fault.body(body);
    return Arguments.of(body, with, 502, "wechat-invalid-answer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void what_wechat_fails_with_is_told_and_changes_nothing(
      String what, Function<FaultBuilder, FaultBuilder> how, int status, String code) {
    String old = code();
    bind(token, old).has(200);
    long calls = studio.simulator.calls(Api.GETUSERPHONENUMBER);
    studio.simulator.addFault(how.apply(Fault.on(Api.GETUSERPHONENUMBER)).always());

    bind(token, code()).isProblem(status, code);

    assertThat(studio.simulator.calls(Api.GETUSERPHONENUMBER))
        .as("a code is sent once")
        .isEqualTo(calls + 1);
    assertThat(phoneOf(token)).isEqualTo(masked(number));
  }

  @Test
  void an_access_token_that_another_system_replaced_costs_the_client_nothing() {
    bind(token, code()).has(200);
    studio.simulator.killStableToken(Studio.APP);
    unbind(token).has(200);

    assertThat(boundPhone(bind(token, code()))).isEqualTo(masked(number));
  }

  @Test
  void a_number_that_another_account_has_is_not_taken_without_asking() {
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    String other = tokenOfAnother(Studio.APP, another);

    Answer taken = bind(other, studio.weChat.phoneCode(Studio.APP, another));

    taken.isProblem(409, "phone-taken");
    assertThat(taken.text("action")).isEqualTo("confirm");
    assertThat(phoneOf(token)).isEqualTo(masked(number));
    assertThat(phoneOf(other)).isNull();
    post(other, Client.json("code", studio.weChat.phoneCode(Studio.APP, another), "move", false))
        .isProblem(409, "phone-taken");
  }

  @Test
  void a_number_moves_if_the_user_wants_it_and_nothing_else_does() {
    studio.client.postMe(token, Client.json("nickname", "前任")).has(200);
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    String other = tokenOfAnother(Studio.APP, another);

    Answer moved = move(other, studio.weChat.phoneCode(Studio.APP, another));

    assertThat(boundPhone(moved)).isEqualTo(masked(number));
    assertThat(moved.user().get("nickname").isNull()).isTrue();
    Answer before = studio.client.me(latest(token)).has(200);
    assertThat(before.text("phone")).isNull();
    assertThat(before.text("nickname")).isEqualTo("前任");
    assertThat(phoneOf(other)).isEqualTo(masked(number));
  }

  @Test
  void of_many_who_want_one_number_at_once_one_gets_it() {
    List<String> people = Stream.generate(WeChat::somebody).limit(6).toList();
    List<String> tokens = people.stream().map(one -> tokenOfAnother(Studio.APP, one)).toList();
    List<String> codes =
        people.stream().map(one -> studio.weChat.phoneCode(Studio.APP, one)).toList();

    List<Integer> statuses =
        AtOnce.run(people.size(), i -> bind(tokens.get(i), codes.get(i)).status());

    assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    assertThat(tokens.stream().map(this::phoneOf).filter(masked(number)::equals)).hasSize(1);
  }

  @Test
  void what_another_tenants_users_have_bound_is_nothing_to_a_mini_program() {
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    String other = tokenOfAnother(Studio.OF_ANOTHER_TENANT, another);

    bind(other, studio.weChat.phoneCode(Studio.OF_ANOTHER_TENANT, another)).has(200);

    assertThat(phoneOf(token)).isEqualTo(masked(number));
    assertThat(phoneOf(other)).isEqualTo(masked(number));
  }

  @Test
  void a_person_has_one_number_in_all_mini_programs_of_an_open_platform_account() {
    bind(token, code()).has(200);

    Answer sister = studio.logIn(Studio.SISTER_APP, person);

    assertThat(sister.user().get("phone").asText()).isEqualTo(masked(number));
    bind(sister.token(), studio.weChat.phoneCode(Studio.SISTER_APP, person)).has(200);
    unbind(sister.token()).has(200);
    assertThat(phoneOf(token)).isNull();
  }

  @Test
  void a_number_that_was_unbound_is_free() {
    bind(token, code()).has(200);

    assertThat(unbind(token).has(200).text("phone")).isNull();
    assertThat(unbind(token).has(200).text("phone")).isNull();

    String another = WeChat.somebody();
    String other = tokenOfAnother(Studio.APP, another);
    bind(other, studio.weChat.phoneCode(Studio.APP, another)).has(200);
  }

  @Test
  void encrypted_data_binds_the_number_too() {
    Answer answer = bind(token, studio.simulator.phoneData(Studio.APP, person));

    assertThat(boundPhone(answer)).isEqualTo(masked(number));
  }

  @Test
  void data_that_was_encrypted_before_the_last_logins_still_opens() {
    OpenData data = studio.simulator.phoneData(Studio.APP, person);
    for (int i = 0; i < 2; i++) {
      logInWithANewKey();
      bind(token, data).has(200);
    }

    logInWithANewKey();

    bind(token, data).isProblem(400, "open-data-refused");
  }

  private void logInWithANewKey() {
    String before = studio.simulator.sessionKey(Studio.APP, person).orElseThrow();
    studio.clock.advance(NEW_KEY_AFTER);
    studio.logIn(Studio.APP, person);
    assertThat(studio.simulator.sessionKey(Studio.APP, person))
        .isNotEmpty()
        .get()
        .isNotEqualTo(before);
  }

  @Test
  void data_that_is_not_this_persons_of_this_mini_program_and_fresh_is_refused() {
    String another = WeChat.somebody();
    studio.weChat.phone(another);
    studio.logIn(Studio.APP, another);
    studio.logIn(Studio.SISTER_APP, person);
    OpenData good = studio.simulator.phoneData(Studio.APP, person);

    refusedAsData(bind(token, studio.simulator.phoneData(Studio.APP, another)));
    refusedAsData(bind(token, studio.simulator.phoneData(Studio.SISTER_APP, person)));
    refusedAsData(bind(token, studio.simulator.userInfo(Studio.APP, person).openData()));
    refusedAsData(bind(token, new OpenData(good.encryptedData(), flipped(good.iv()))));
    refusedAsData(bind(token, new OpenData(flipped(good.encryptedData()), good.iv())));
    studio.clock.advance(dev.minilogin.domain.wechat.OpenData.GOOD_FOR.plusSeconds(1));
    refusedAsData(bind(token, good));
    assertThat(phoneOf(token)).isNull();
  }

  private static void refusedAsData(Answer answer) {
    answer.isProblem(400, "open-data-refused");
    assertThat(answer.text("action")).isEqualTo("new-code");
  }

  /** With one bit of its first byte another. */
  private static String flipped(String base64) {
    return OpenDataRoutesTest.withFlippedBit(base64, 0);
  }

  @Test
  void after_ten_refusals_the_session_may_send_no_more_data() {
    OpenData good = studio.simulator.phoneData(Studio.APP, person);
    OpenData bad = new OpenData(flipped(good.encryptedData()), good.iv());
    String sibling = studio.logIn(Studio.APP, person).token();
    for (int i = 0; i < ATTEMPTS; i++) {
      refusedAsData(bind(token, bad));
    }

    Answer locked = bind(token, good).isProblem(429, "open-data-locked");

    assertThat(locked.text("action")).isEqualTo("log-in");
    bind(token, bad).isProblem(429, "open-data-locked");
    bind(sibling, good).has(200);
    unbind(token).has(200);
    bind(token, code()).has(200);
    bind(studio.logIn(Studio.APP, person).token(), good).has(200);
    bind(token, good).isProblem(429, "open-data-locked");
  }

  @Test
  void data_that_opens_takes_nothing_from_the_ten() {
    OpenData good = studio.simulator.phoneData(Studio.APP, person);
    for (int i = 0; i < ATTEMPTS + 2; i++) {
      bind(token, good).has(200);
    }

    refusedAsData(bind(token, new OpenData(flipped(good.encryptedData()), good.iv())));
    bind(token, good).has(200);
  }

  @Test
  void ten_refusals_are_ten_even_if_they_come_at_once() {
    OpenData good = studio.simulator.phoneData(Studio.APP, person);
    OpenData bad = new OpenData(flipped(good.encryptedData()), good.iv());

    List<Integer> statuses = AtOnce.run(25, i -> bind(token, bad).status());

    assertThat(Collections.frequency(statuses, 400)).isEqualTo(ATTEMPTS);
    assertThat(Collections.frequency(statuses, 429)).isEqualTo(15);
  }

  @Test
  void whoever_stole_a_session_key_can_bind_no_number_where_wechat_is_asked() {
    String app = Studio.ASKS_ABOUT_DATA;
    String someToken = studio.logIn(app, person).token();
    String forged =
        "{\"phoneNumber\":\"%1$s\",\"purePhoneNumber\":\"%1$s\",\"countryCode\":\"86\"}"
            .formatted(number);

    refusedAsData(bind(someToken, studio.simulator.openData(app, person, forged)));

    assertThat(phoneOf(someToken)).isNull();
    bind(someToken, studio.simulator.phoneData(app, person)).has(200);
    studio.simulator.addFault(Fault.on(Api.CHECKENCRYPTEDMSG).errcode(-1).always());
    bind(someToken, studio.simulator.phoneData(app, person)).isProblem(503, "wechat-busy");
  }

  @Test
  void data_that_wechat_did_not_make_counts_as_refused() {
    String app = Studio.ASKS_ABOUT_DATA;
    String someToken = studio.logIn(app, person).token();
    String forged = "{\"purePhoneNumber\":\"%s\",\"countryCode\":\"86\"}".formatted(number);
    for (int i = 0; i < ATTEMPTS; i++) {
      refusedAsData(bind(someToken, studio.simulator.openData(app, person, forged)));
    }

    bind(someToken, studio.simulator.phoneData(app, person)).isProblem(429, "open-data-locked");
  }

  @Test
  void encrypted_data_moves_a_number_only_where_wechat_is_asked() {
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    String unasked = tokenOfAnother(Studio.APP, another);
    String asked = studio.logIn(Studio.ASKS_ABOUT_DATA, another).token();

    move(unasked, studio.simulator.phoneData(Studio.APP, another)).isProblem(409, "phone-taken");

    assertThat(phoneOf(token)).isEqualTo(masked(number));
    move(asked, studio.simulator.phoneData(Studio.ASKS_ABOUT_DATA, another)).has(200);
    assertThat(phoneOf(token)).isNull();
    assertThat(phoneOf(asked)).isEqualTo(masked(number));
  }

  private Answer move(String someToken, OpenData data) {
    return post(
        someToken,
        Client.json("encryptedData", data.encryptedData(), "iv", data.iv(), "move", true));
  }

  @Test
  void a_code_that_was_used_up_for_nothing_is_told() throws Exception {
    String code = code();
    long calls = studio.simulator.calls(Api.GETUSERPHONENUMBER);
    studio.simulator.addFault(
        Fault.on(Api.GETUSERPHONENUMBER).latency(Duration.ofMillis(1500)).times(1));
    try (DatabaseWire wire = DatabaseWire.to(studio.database);
        Server another = studio.instance().on(studio.database, wire.jdbcUrl()).start();
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<Answer> answer = other.submit(() -> another.client().bindPhone(token, code));
      await().until(() -> studio.simulator.calls(Api.GETUSERPHONENUMBER) > calls);
      wire.cut();

      assertThat(answer.get().isProblem(503, "phone-not-recorded").text("action"))
          .isEqualTo("new-code");
      wire.mend();
    }
    assertThat(phoneOf(token)).isNull();
    refusedAsCode(bind(token, code));
  }

  @Test
  void where_wechat_is_not_asked_it_is_not_asked() {
    long calls = studio.simulator.calls(Api.CHECKENCRYPTEDMSG);

    bind(token, studio.simulator.phoneData(Studio.APP, person)).has(200);

    assertThat(studio.simulator.calls(Api.CHECKENCRYPTEDMSG)).isEqualTo(calls);
  }

  private Answer logInWithPhone(String someone, String phoneCode) {
    return studio.client.postLogin(
        Client.json(
            "appId",
            Studio.APP,
            "code",
            studio.weChat.code(Studio.APP, someone),
            "phoneCode",
            phoneCode));
  }

  @Test
  void a_login_binds_the_number_if_it_brings_a_phone_code() {
    Answer login = logInWithPhone(person, code()).has(201);

    assertThat(login.user().get("phone").asText()).isEqualTo(masked(number));
    assertThat(login.text("phoneProblem")).isNull();
    assertThat(phoneOf(login.token())).isEqualTo(masked(number));
  }

  @Test
  void a_phone_code_that_binds_nothing_does_not_cost_the_login() {
    bind(token, code()).has(200);
    String another = WeChat.somebody();
    studio.weChat.movePhone(number, another);

    Answer taken = logInWithPhone(another, studio.weChat.phoneCode(Studio.APP, another));
    assertThat(taken.has(201).text("phoneProblem")).isEqualTo("phone-taken");
    assertThat(taken.user().get("phone").isNull()).isTrue();

    Answer foreign = logInWithPhone(another, code());
    assertThat(foreign.has(201).text("phoneProblem")).isEqualTo("code-invalid");

    studio.simulator.addFault(Fault.on(Api.GETUSERPHONENUMBER).errcode(-1).always());
    Answer busy = logInWithPhone(another, studio.weChat.phoneCode(Studio.APP, another));
    assertThat(busy.has(201).text("phoneProblem")).isEqualTo("wechat-busy");

    for (Answer login : List.of(taken, foreign, busy)) {
      studio.client.check(login.token()).has(200);
    }
  }

  @Test
  void a_malformed_phone_code_burns_no_login_code() {
    String loginCode = studio.weChat.code(Studio.APP, person);
    String body = Client.json("appId", Studio.APP, "code", loginCode, "phoneCode", "not a code");

    Answer refused = studio.client.postLogin(body).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactly("phoneCode");
    studio.client.logIn(Studio.APP, loginCode).has(201);
  }

  @Test
  void a_login_that_is_sent_again_exchanges_the_phone_code_once() {
    String body = loginBody(studio.weChat.code(Studio.APP, person), code());
    long calls = studio.simulator.calls(Api.GETUSERPHONENUMBER);

    Answer first = resend(body).has(201);
    Answer second = resend(body).has(201);

    assertThat(second.token()).isEqualTo(first.token());
    assertThat(second.text("phoneProblem")).isNull();
    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.user().get("phone").asText()).isEqualTo(masked(number));
    assertThat(studio.simulator.calls(Api.GETUSERPHONENUMBER)).isEqualTo(calls + 1);
  }

  @Test
  void a_login_that_is_sent_again_makes_up_for_the_number() {
    studio.simulator.addFault(Fault.on(Api.GETUSERPHONENUMBER).errcode(-1).times(1));
    String body = loginBody(studio.weChat.code(Studio.APP, person), code());

    assertThat(resend(body).has(201).text("phoneProblem")).isEqualTo("wechat-busy");
    Answer second = resend(body).has(201);

    assertThat(second.text("phoneProblem")).isNull();
    assertThat(second.user().get("phone").asText()).isEqualTo(masked(number));
  }

  private static String loginBody(String loginCode, String phoneCode) {
    return Client.json("appId", Studio.APP, "code", loginCode, "phoneCode", phoneCode);
  }

  private Answer resend(String body) {
    return studio.client.send(
        studio
            .client
            .to("/v1/sessions")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "phone-" + person)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  static Stream<Arguments> badBodies() {
    String data = "A".repeat(64);
    String iv = "AAAAAAAAAAAAAAAAAAAAAA==";
    return Stream.of(
        Arguments.of("{}", "body"),
        Arguments.of("{\"code\":null}", "body"),
        Arguments.of("{\"move\":true}", "body"),
        Arguments.of(Client.json("code", ""), "code"),
        Arguments.of(Client.json("code", "a b"), "code"),
        Arguments.of(Client.json("code", "a".repeat(257)), "code"),
        Arguments.of(Client.json("code", "a\u0000"), "code"),
        Arguments.of(Client.json("code", "代码"), "code"),
        Arguments.of(Client.json("code", List.of("a", "b")), "body"),
        Arguments.of(Client.json("code", Map.of("a", 1)), "body"),
        Arguments.of(Client.json("code", "a", "encryptedData", data, "iv", iv), "body"),
        Arguments.of(Client.json("code", "a", "iv", iv), "body"),
        Arguments.of(Client.json("encryptedData", data), "iv"),
        Arguments.of(Client.json("iv", iv), "encryptedData"),
        Arguments.of(Client.json("encryptedData", "", "iv", iv), "encryptedData"),
        Arguments.of(Client.json("encryptedData", "AAA", "iv", iv), "encryptedData"),
        Arguments.of(Client.json("encryptedData", "AA-_", "iv", iv), "encryptedData"),
        Arguments.of(Client.json("encryptedData", "A".repeat(24_000), "iv", iv), "encryptedData"),
        Arguments.of(Client.json("encryptedData", data, "iv", ""), "iv"),
        Arguments.of(Client.json("encryptedData", data, "iv", "AAAAAAAAAAAAAAAAAAAA"), "iv"),
        Arguments.of(Client.json("encryptedData", data, "iv", iv + "AAAA"), "iv"),
        Arguments.of(Client.json("code", "a", "move", Map.of("a", 1)), "body"),
        Arguments.of("[]", "body"),
        Arguments.of("\"text\"", "body"),
        Arguments.of("null", "body"));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void a_body_that_is_not_as_described_is_refused_and_its_field_named(String body, String field) {
    long calls = studio.simulator.calls(Api.GETUSERPHONENUMBER);

    Answer refused = post(token, body).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactly(field);
    assertThat(studio.simulator.calls(Api.GETUSERPHONENUMBER)).isEqualTo(calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"code\":}", "code=a", "<xml/>"})
  void a_body_that_is_no_json_is_refused(String body) {
    post(token, body).isProblem(400, "malformed-json");
  }

  @Test
  void both_fields_that_are_wrong_are_named() {
    Answer refused = post(token, Client.json("encryptedData", "!", "iv", "!"));

    assertThat(refused.isProblem(400, "invalid-request").fieldsInError())
        .containsExactlyInAnyOrder("encryptedData", "iv");
  }

  @Test
  void it_takes_json_and_a_session() {
    studio
        .client
        .send(
            studio
                .client
                .as(token, "/v1/me/phone")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")))
        .isProblem(415, "unsupported-media-type");
    for (String method : List.of("POST", "DELETE")) {
      studio
          .client
          .send(
              studio
                  .client
                  .to("/v1/me/phone")
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(Client.json("code", "a"))))
          .isProblem(401, "token-missing");
    }
    studio.client.get("/v1/me/phone").isProblem(405, "method-not-allowed");
  }

  @Test
  void the_number_is_in_clear_neither_in_the_database_nor_in_a_log() {
    bind(token, code()).has(200);
    bind(token, studio.simulator.phoneData(Studio.APP, person)).has(200);
    logInWithPhone(person, code()).has(201);
    String another = WeChat.somebody();
    bind(tokenOfAnother(Studio.APP, another), studio.weChat.phoneCode(Studio.APP, another))
        .isProblem(409, "phone-taken");

    Dump.of(studio.database)
        .tables()
        .forEach((table, content) -> assertThat(content).as(table).doesNotContain(number));
    try (Stream<String> log = LogOfEverything.lines()) {
      assertThat(log.filter(line -> line.contains(number))).isEmpty();
    }
  }
}
