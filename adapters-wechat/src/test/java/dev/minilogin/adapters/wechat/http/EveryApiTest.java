package dev.minilogin.adapters.wechat.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.Calls;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What WeChat and the network can do to each API. */
class EveryApiTest {
  private final Scene scene = new Scene();
  private final WeChatAdapter adapter = WeChatAdapter.to(scene.simulator().uri());

  @AfterEach
  void close() {
    adapter.close();
    scene.close();
  }

  @ParameterizedTest
  @EnumSource
  void each_is_called_as_wechat_documents_it(WeChatApi api) {
    assertThat(call(api)).isInstanceOf(Reply.Given.class);
    assertThat(count(api)).isEqualTo(1);
  }

  static Stream<Arguments> failures() {
    return Arrays.stream(WeChatError.values())
        .filter(error -> error.failure().isPresent() && !error.isAboutToken())
        .flatMap(error -> error.apis().stream().map(api -> Arguments.of(error, api)));
  }

  @Test
  void each_errcode_is_told_as_its_failure() {
    failures()
        .forEach(
            pair -> {
              WeChatError error = (WeChatError) pair.get()[0];
              WeChatApi api = (WeChatApi) pair.get()[1];
              if (api != WeChatApi.STABLE_TOKEN && !isAnAnswer(error, api)) {
                scene.simulator().addFault(fault(api).errcode((int) error.errcode()).always());
                Reply<?> reply = call(api);
                assertThat(Replies.failure(reply)).isEqualTo(error.failure().orElseThrow());
                assertThat(Replies.retryAfter(reply)).isEqualTo(error.retryAfter());
                scene.simulator().clearFaults();
              }
            });
  }

  static Stream<WeChatError> tokenErrors() {
    return Arrays.stream(WeChatError.values())
        .filter(error -> error.apis().contains(WeChatApi.STABLE_TOKEN));
  }

  @ParameterizedTest
  @MethodSource("tokenErrors")
  void each_errcode_of_the_token_is_told_by_whoever_needs_one(WeChatError error) {
    scene
        .simulator()
        .addFault(fault(WeChatApi.STABLE_TOKEN).errcode((int) error.errcode()).always());
    Reply<?> reply = call(WeChatApi.GET_PHONE_NUMBER);
    assertThat(Replies.failure(reply)).isEqualTo(error.failure().orElseThrow());
    assertThat(Replies.retryAfter(reply).isPresent()).isEqualTo(error.retryAfter().isPresent());
    assertThat(count(WeChatApi.GET_PHONE_NUMBER)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_busy_wechat_is_asked_again_once_where_that_does_no_harm(WeChatApi api) {
    scene.simulator().addFault(fault(api).errcode(-1).times(1));
    Reply<?> reply = call(api);
    if (api.isIdempotent()) {
      assertThat(reply).isInstanceOf(Reply.Given.class);
      assertThat(count(api)).isEqualTo(2);
    } else {
      assertThat(Replies.failure(reply)).isEqualTo(WeChatFailure.BUSY);
      assertThat(count(api)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STABLE_TOKEN")
  void a_wechat_that_stays_busy_is_asked_twice_at_most(WeChatApi api) {
    scene.simulator().addFault(fault(api).errcode(-1).always());
    assertThat(Replies.failure(call(api))).isEqualTo(WeChatFailure.BUSY);
    assertThat(count(api)).isEqualTo(api.isIdempotent() ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource
  void a_cut_connection_is_tried_again_once_where_that_does_no_harm(WeChatApi api) {
    scene.simulator().addFault(fault(api).cut().times(1));
    Reply<?> reply = call(api);
    if (api.isIdempotent()) {
      assertThat(reply).isInstanceOf(Reply.Given.class);
      assertThat(count(api)).isEqualTo(2);
    } else {
      assertThat(Replies.failure(reply)).isEqualTo(WeChatFailure.TIMED_OUT);
      assertThat(count(api)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STABLE_TOKEN")
  void an_answer_that_makes_no_sense_is_told_as_such(WeChatApi api) {
    for (String body : new String[] {"<html>", "{\"errcode\":0,\"er", "", "[]"}) {
      scene.simulator().addFault(fault(api).httpStatus(200).body(body).times(1));
      assertThat(Replies.failure(call(api))).isEqualTo(WeChatFailure.INVALID_ANSWER);
    }
    scene.simulator().addFault(fault(api).errcode(99_999).times(1));
    assertThat(Replies.failure(call(api))).isEqualTo(WeChatFailure.INVALID_ANSWER);
    assertThat(count(api)).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STABLE_TOKEN", "CHECK_SESSION_KEY"})
  void a_success_without_what_was_asked_for_is_none(WeChatApi api) {
    scene
        .simulator()
        .addFault(fault(api).httpStatus(200).body("{\"errcode\":0,\"errmsg\":\"ok\"}").times(1));
    assertThat(Replies.failure(call(api))).isEqualTo(WeChatFailure.INVALID_ANSWER);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"STABLE_TOKEN", "CODE2SESSION"})
  void a_token_that_is_not_accepted_is_replaced_and_the_call_repeated(WeChatApi api) {
    for (int errcode : new int[] {40001, 40014, 42001}) {
      call(WeChatApi.CHECK_SESSION_KEY);
      scene.simulator().killStableToken(Scene.APP.appId().value());
      scene.simulator().addFault(fault(api).errcode(errcode).times(1));
      assertThat(call(api)).isInstanceOf(Reply.Given.class);
    }
  }

  @Test
  void an_api_that_is_broken_stops_no_other_one() {
    scene.simulator().addFault(fault(WeChatApi.MSG_SEC_CHECK).httpStatus(500).body("").always());
    for (int i = 0; i < 20; i++) {
      assertThat(call(WeChatApi.MSG_SEC_CHECK)).isInstanceOf(Reply.Failed.class);
    }
    assertThat(count(WeChatApi.MSG_SEC_CHECK)).isEqualTo(10);
    assertThat(Replies.failure(call(WeChatApi.MSG_SEC_CHECK))).isEqualTo(WeChatFailure.UNREACHABLE);
    assertThat(call(WeChatApi.GET_PHONE_NUMBER)).isInstanceOf(Reply.Given.class);
    assertThat(call(WeChatApi.CODE2SESSION)).isInstanceOf(Reply.Given.class);
  }

  @Test
  void an_api_that_is_broken_on_one_host_is_called_on_the_next() {
    try (Scene broken = new Scene();
        WeChatAdapter twoHosts =
            WeChatAdapter.to(broken.simulator().uri(), scene.simulator().uri())) {
      broken.simulator().addFault(fault(WeChatApi.CODE2SESSION).httpStatus(502).body("").always());
      for (int i = 0; i < 10; i++) {
        assertThat(Calls.of(WeChatApi.CODE2SESSION, scene, twoHosts))
            .isInstanceOf(Reply.Failed.class);
      }
      assertThat(Calls.of(WeChatApi.CODE2SESSION, scene, twoHosts)).isInstanceOf(Reply.Given.class);
    }
  }

  @Test
  void a_login_asks_for_no_token() {
    scene.simulator().addFault(fault(WeChatApi.STABLE_TOKEN).errcode(40164).always());
    assertThat(call(WeChatApi.CODE2SESSION)).isInstanceOf(Reply.Given.class);
    assertThat(count(WeChatApi.STABLE_TOKEN)).isZero();
  }

  @Test
  void calls_are_measured_by_api_and_outcome() {
    call(WeChatApi.CODE2SESSION);
    scene.simulator().addFault(fault(WeChatApi.CODE2SESSION).errcode(40029).times(1));
    call(WeChatApi.CODE2SESSION);
    scene.simulator().addFault(fault(WeChatApi.CODE2SESSION).httpStatus(502).body("").times(1));
    call(WeChatApi.CODE2SESSION);
    assertThat(calls("ok")).isEqualTo(1);
    assertThat(calls("errcode_40029")).isEqualTo(1);
    assertThat(calls("invalid_answer")).isEqualTo(1);
  }

  private long calls(String outcome) {
    return adapter
        .meters()
        .get("mini_login.wechat.calls")
        .tags("api", "code2Session", "outcome", outcome)
        .timer()
        .count();
  }

  /** That a session_key isn't valid is what checkSessionKey is asked. */
  private static boolean isAnAnswer(WeChatError error, WeChatApi api) {
    return api == WeChatApi.CHECK_SESSION_KEY
        && error.failure().equals(Optional.of(WeChatFailure.SESSION_KEY_STALE));
  }

  private Reply<?> call(WeChatApi api) {
    return Calls.of(api, scene, adapter);
  }

  private long count(WeChatApi api) {
    return scene.simulator().calls(Calls.simulated(api));
  }

  private static FaultBuilder fault(WeChatApi api) {
    return Fault.on(Calls.simulated(api));
  }
}
