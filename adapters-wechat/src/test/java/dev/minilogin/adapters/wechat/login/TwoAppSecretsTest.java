package dev.minilogin.adapters.wechat.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.Reply.Failed;
import dev.minilogin.domain.wechat.Reply.Given;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator resets an AppSecret, and not everybody knows the new one at once. */
class TwoAppSecretsTest {
  private static final AppSecret OLD = Scene.APP.secrets().current();
  private static final AppSecret NEW = new AppSecret("f".repeat(32));
  private static final AppSecret WRONG = new AppSecret("e".repeat(32));
  private static final String APP_ID = Scene.APP.appId().value();

  private final Scene scene = new Scene();
  private final WeChatAdapter adapter = WeChatAdapter.to(scene.simulator().uri());

  @AfterEach
  void close() {
    adapter.close();
    scene.close();
  }

  @Test
  void the_other_one_is_tried_with_the_same_code_and_remembered() {
    MiniProgram early = with(NEW, OLD);
    assertThat(exchange(early)).isInstanceOf(Given.class);
    assertThat(exchanges()).isEqualTo(2);
    assertThat(exchange(early)).isInstanceOf(Given.class);
    assertThat(exchanges()).isEqualTo(3);

    resetAtWeChat();
    assertThat(exchange(early)).isInstanceOf(Given.class);
    assertThat(exchanges()).isEqualTo(5);
    assertThat(exchange(early)).isInstanceOf(Given.class);
    assertThat(exchanges()).isEqualTo(6);
  }

  @Test
  void a_reset_under_traffic_fails_no_login() {
    MiniProgram both = with(OLD, NEW);
    assertThat(
            AtOnce.run(
                8,
                i -> {
                  if (i == 3) {
                    resetAtWeChat();
                  }
                  return exchange(both);
                }))
        .hasOnlyElementsOfType(Given.class);
  }

  @Test
  void an_access_token_is_fetched_with_either() {
    resetAtWeChat();
    Reply<?> reply =
        adapter
            .get(SessionKeyAuthority.class)
            .isValid(with(OLD, NEW), scene.openId(), scene.sessionKey());
    assertThat(reply).isInstanceOf(Given.class);
    assertThat(scene.simulator().calls(Api.STABLE_TOKEN)).isEqualTo(2);
  }

  @Test
  void where_both_are_wrong_the_app_is_refused_after_two_calls() {
    resetAtWeChat();
    assertThat(exchange(with(OLD, WRONG))).isEqualTo(new Failed<>(WeChatFailure.APP_REFUSED));
    assertThat(exchanges()).isEqualTo(2);
  }

  @Test
  void where_there_is_one_it_is_tried_once() {
    resetAtWeChat();
    assertThat(exchange(Scene.APP)).isEqualTo(new Failed<>(WeChatFailure.APP_REFUSED));
    assertThat(exchanges()).isEqualTo(1);
  }

  @Test
  void any_other_failure_sends_no_code_twice() {
    scene.simulator().addFault(Fault.on(Api.JSCODE2SESSION).errcode(40029).times(1));
    assertThat(exchange(with(OLD, NEW))).isEqualTo(new Failed<>(WeChatFailure.CODE_INVALID));
    scene.simulator().addFault(Fault.on(Api.JSCODE2SESSION).cut().times(1));
    assertThat(exchange(with(OLD, NEW))).isEqualTo(new Failed<>(WeChatFailure.TIMED_OUT));
    assertThat(exchanges()).isEqualTo(2);
  }

  private Reply<?> exchange(MiniProgram app) {
    LoginCode code = new LoginCode(scene.simulator().issueCode(APP_ID, Scene.ALICE));
    return adapter.codeExchange().exchange(app, code);
  }

  private long exchanges() {
    return scene.simulator().calls(Api.JSCODE2SESSION);
  }

  private void resetAtWeChat() {
    scene.simulator().addApp(App.of(APP_ID, NEW.reveal(), "open-platform"));
  }

  private static MiniProgram with(AppSecret current, AppSecret other) {
    return Scene.APP.withSecrets(new AppSecrets(current, Optional.of(other)));
  }
}
