package dev.minilogin.adapters.wechat.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.Reply.Given;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the network and WeChat's gateway can do to a call, beyond what the contract tells. */
class WeChatMoodsTest {
  private static final MiniProgram APP =
      new MiniProgram(
          new AppId("wx0000aaaa1111bbbb"),
          new AppSecret("0123456789abcdef0123456789abcdef"),
          true,
          SessionLifetimes.DEFAULT);

  private final WeChatSimulator simulator =
      WeChatSimulator.start(
          Options.defaults()
              .withApp(App.of(APP.appId().value(), APP.secrets().current().reveal())));
  private final WeChatAdapter adapter = WeChatAdapter.to(simulator.uri());

  @AfterEach
  void close() {
    adapter.close();
    simulator.close();
  }

  @Test
  void an_app_that_is_bound_to_no_open_platform_account_has_no_unionid() {
    assertThat(Replies.given(exchange()).unionId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>502 Bad Gateway</body></html>",
        "{\"session_key\":\"tiihtNczf5v6AKRyjwEUhQ==\",\"openid\":\"oGZU",
        "{\"session_key\":\"tiihtNczf5v6AKRyjwEUhQ==\"}",
        "{\"openid\":\"oGZUI0egBJY1zhBYw2KhdUfwVJJE\"}",
        "{\"openid\":\"with a space\",\"session_key\":\"tiihtNczf5v6AKRyjwEUhQ==\"}",
        "{\"errcode\":99999,\"errmsg\":\"never seen, rid: 66c69111-4157f271-729ca238\"}",
        "[]",
        "null",
        ""
      })
  void an_answer_that_makes_no_sense_is_told_as_such(String body) {
    simulator.addFault(fault().httpStatus(200).body(body).times(1));
    assertThat(exchange()).isEqualTo(failed(WeChatFailure.INVALID_ANSWER));
  }

  @Test
  void numbers_may_come_as_strings_and_fields_may_be_unknown() {
    simulator.addFault(
        fault()
            .httpStatus(200)
            .body("{\"errcode\":\"40163\",\"errmsg\":\"code been used\",\"new\":{\"x\":[1]}}")
            .times(1));
    assertThat(exchange()).isEqualTo(failed(WeChatFailure.CODE_USED));
  }

  @Test
  void an_errcode_of_zero_is_a_success() {
    simulator.addFault(
        fault()
            .httpStatus(200)
            .body("{\"errcode\":0,\"openid\":\"oA\",\"session_key\":\"tiihtNczf5v6AKRyjwEUhQ==\"}")
            .times(1));
    assertThat(exchange()).isInstanceOf(Given.class);
  }

  @Test
  void an_answer_of_more_than_64_kib_is_not_read() {
    simulator.addFault(
        fault().httpStatus(200).body("{\"openid\":\"" + "a".repeat(70_000) + "\"}").times(1));
    assertThat(exchange()).isEqualTo(failed(WeChatFailure.INVALID_ANSWER));
  }

  @Test
  void a_redirect_is_not_followed() {
    simulator.addFault(fault().httpStatus(302).body("").times(1));
    assertThat(exchange()).isEqualTo(failed(WeChatFailure.INVALID_ANSWER));
  }

  @Test
  void a_connection_that_is_cut_after_sending_is_never_tried_again() {
    simulator.addFault(fault().cut().times(1));
    try (WeChatAdapter twoHosts = WeChatAdapter.to(simulator.uri(), simulator.uri())) {
      assertThat(exchange(twoHosts)).isEqualTo(failed(WeChatFailure.TIMED_OUT));
    }
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(1);
  }

  @Test
  void a_kept_connection_that_is_cut_is_never_tried_again() {
    assertThat(exchange()).isInstanceOf(Given.class);
    simulator.addFault(fault().cut().times(1));
    assertThat(exchange()).isEqualTo(failed(WeChatFailure.TIMED_OUT));
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(2);
  }

  @Test
  void a_host_that_cannot_be_connected_to_is_replaced_by_the_next() {
    try (WeChatAdapter twoHosts = WeChatAdapter.to(WeChatAdapter.nobody(), simulator.uri())) {
      assertThat(exchange(twoHosts)).isInstanceOf(Given.class);
    }
  }

  @Test
  void a_host_that_does_not_speak_tls_is_replaced_by_the_next() {
    URI tls = URI.create(simulator.uri().toString().replace("http:", "https:"));
    try (WeChatAdapter twoHosts = WeChatAdapter.to(tls, simulator.uri())) {
      assertThat(exchange(twoHosts)).isInstanceOf(Given.class);
    }
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(1);
  }

  @Test
  void after_many_failures_nothing_is_sent_for_a_while() {
    simulator.addFault(fault().httpStatus(500).body("").always());
    for (int i = 0; i < 10; i++) {
      assertThat(exchange()).isEqualTo(failed(WeChatFailure.INVALID_ANSWER));
    }
    simulator.clearFaults();
    Reply<WeChatIdentity> reply = exchange();
    assertThat(Replies.failure(reply)).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(Replies.retryAfter(reply)).isPresent();
    assertThat(simulator.calls(Api.JSCODE2SESSION)).isEqualTo(10);
  }

  @Test
  void refusals_of_wechat_are_answers_and_no_failures() {
    simulator.addFault(fault().errcode(40029).always());
    for (int i = 0; i < 30; i++) {
      assertThat(exchange()).isEqualTo(failed(WeChatFailure.CODE_INVALID));
    }
  }

  @Test
  void more_calls_than_allowed_at_once_are_not_sent() {
    simulator.addFault(fault().hang().always());
    List<Reply<WeChatIdentity>> results =
        AtOnce.run(2 * WeChatAdapter.CALLS_AT_ONCE, i -> exchange());
    assertThat(simulator.calls(Api.JSCODE2SESSION))
        .isLessThanOrEqualTo(WeChatAdapter.CALLS_AT_ONCE);
    assertThat(results)
        .extracting(Replies::failure)
        .contains(WeChatFailure.UNREACHABLE, WeChatFailure.TIMED_OUT)
        .doesNotContain(WeChatFailure.CODE_USED);
  }

  private static FaultBuilder fault() {
    return Fault.on(Api.JSCODE2SESSION);
  }

  private Reply<WeChatIdentity> exchange() {
    return exchange(adapter);
  }

  private Reply<WeChatIdentity> exchange(WeChatAdapter through) {
    LoginCode code = new LoginCode(simulator.issueCode(APP.appId().value(), "alice"));
    return through.codeExchange().exchange(APP, code);
  }

  private static Reply.Failed<WeChatIdentity> failed(WeChatFailure failure) {
    return new Reply.Failed<>(failure, Optional.empty());
  }
}
