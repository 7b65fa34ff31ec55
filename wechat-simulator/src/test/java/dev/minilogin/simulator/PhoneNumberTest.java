package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.User;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest extends ServerApiFixture {

  private static final String UNKNOWN = "0".repeat(64);

  @Test
  void a_code_becomes_a_number_with_the_time_of_the_click() {
    wechat.addUser(new User("alice", false).withPhone("13580006666"));
    String code = wechat.issuePhoneCode(APP, "alice");
    wechat.advance(Duration.ofMinutes(4));

    HttpResponse<String> answer = exchange(code);

    assertThat(code).matches("[0-9a-f]{64}");
    assertThat(answer.body())
        .isEqualTo(
            "{\"errcode\":0,\"errmsg\":\"ok\",\"phone_info\":{\"phoneNumber\":\"13580006666\","
                + "\"purePhoneNumber\":\"13580006666\",\"countryCode\":\"86\",\"watermark\":"
                + "{\"timestamp\":%d,\"appid\":\"%s\"}}}".formatted(START.getEpochSecond(), APP));
  }

  @Test
  void a_foreign_number_carries_its_country_code() {
    wechat.addUser(new User("alice", false).withPhone("5551234", "1"));

    var phone = json(exchange(wechat.issuePhoneCode(APP, "alice"))).path("phone_info");

    assertThat(phone.path("phoneNumber").asText()).isEqualTo("15551234");
    assertThat(phone.path("purePhoneNumber").asText()).isEqualTo("5551234");
    assertThat(phone.path("countryCode").isTextual()).isTrue();
    assertThat(phone.path("countryCode").asText()).isEqualTo("1");
  }

  @Test
  void who_has_no_number_gets_one_that_is_always_the_same() {
    String alice = numberOf("alice");

    assertThat(alice).matches("13\\d{9}").isEqualTo(numberOf("alice"));
    assertThat(numberOf("bob")).isNotEqualTo(alice);
  }

  @Test
  void a_code_works_once() {
    String code = wechat.issuePhoneCode(APP, "alice");

    List<Integer> errcodes = Stream.generate(() -> errcode(exchange(code))).limit(3).toList();

    assertThat(errcodes).containsExactly(0, 40029, 40029);
    assertRefused(exchange(code), 40029, "invalid code hint: \\[[0-9A-Za-z]{6}]");
  }

  @Test
  void a_code_lives_five_minutes() {
    String inTime = wechat.issuePhoneCode(APP, "alice");
    String late = wechat.issuePhoneCode(APP, "alice");

    time.set(START.plus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(errcode(exchange(inTime))).isZero();
    time.set(START.plus(Duration.ofMinutes(5)));
    assertThat(errcode(exchange(late))).isEqualTo(40029);
  }

  @Test
  void an_unknown_code_and_a_login_code_are_invalid() {
    assertThat(errcode(exchange(UNKNOWN))).isEqualTo(40029);
    assertThat(errcode(exchange(wechat.issueCode(APP, "alice")))).isEqualTo(40029);
  }

  @Test
  void another_apps_code_is_an_invalid_appid_and_stays_good() {
    String code = wechat.issuePhoneCode(APP, "alice");
    String body = "{\"code\":\"" + code + "\"}";

    assertRefused(
        postAs(otherToken, Api.GETUSERPHONENUMBER, body),
        40013,
        "invalid appid hint: \\[[0-9A-Za-z]{6}]");
    assertThat(errcode(exchange(code))).isZero();
  }

  @Test
  void a_given_openid_must_be_the_codes() {
    String code = wechat.issuePhoneCode(APP, "alice");
    String body = "{\"code\":\"" + code + "\",\"openid\":\"%s\"}";

    assertRefused(
        post(Api.GETUSERPHONENUMBER, body.formatted(wechat.openid(APP, "bob"))),
        40003,
        "invalid openid");
    assertThat(errcode(post(Api.GETUSERPHONENUMBER, body.formatted(wechat.openid(APP, "alice")))))
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"code\":7}", "junk", "[]", "{\"code\":\"a\",\"openid\":1}"})
  void the_body_must_have_a_code(String body) {
    assertRefused(
        post(Api.GETUSERPHONENUMBER, body), 47001, "data format error hint: \\[[0-9A-Za-z]{6}]");
  }

  @Test
  void there_are_no_codes_of_unknown_apps() {
    assertThatThrownBy(() -> wechat.issuePhoneCode("wxunknown", "alice"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void a_reset_forgets_codes() {
    String code = wechat.issuePhoneCode(APP, "alice");

    wechat.reset();
    token = newToken(APP, Probe.SECRET);

    assertThat(errcode(exchange(code))).isEqualTo(40029);
  }

  private String numberOf(String user) {
    return json(exchange(wechat.issuePhoneCode(APP, user)))
        .path("phone_info")
        .path("phoneNumber")
        .asText();
  }

  private HttpResponse<String> exchange(String code) {
    return post(Api.GETUSERPHONENUMBER, "{\"code\":\"" + code + "\"}");
  }
}
