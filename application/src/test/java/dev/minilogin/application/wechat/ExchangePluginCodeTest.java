package dev.minilogin.application.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.wechat.ExchangePluginCode.AppGone;
import dev.minilogin.application.wechat.ExchangePluginCode.Exchanged;
import dev.minilogin.application.wechat.ExchangePluginCode.Failed;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.testing.InMemoryPluginCodeExchange;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangePluginCodeTest {
  private final Scene scene = new Scene();
  private final InMemoryPluginCodeExchange weChat = new InMemoryPluginCodeExchange();
  private final ExchangePluginCode exchangePluginCode = exchangePluginCode(weChat);

  @Test
  void a_code_tells_the_plugin_who_its_user_is_once() {
    PluginCode code = weChat.codeFor("alice", scene.app());
    assertThat(exchangePluginCode.execute(scene.app().appId(), code))
        .isEqualTo(new Exchanged(weChat.openPidOf("alice", scene.app())));
    assertThat(exchangePluginCode.execute(scene.app().appId(), code))
        .isEqualTo(new Failed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  @Test
  void a_code_of_another_mini_program_is_invalid() {
    PluginCode code = weChat.codeFor("alice", scene.anotherApp(Tenant.DEFAULT));
    assertThat(exchangePluginCode.execute(scene.app().appId(), code))
        .isEqualTo(new Failed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_with_the_time_to_wait(WeChatFailure failure) {
    Optional<Duration> retryAfter = Optional.of(Duration.ofSeconds(7));
    PluginCodeExchange failing = (_, _) -> new Reply.Failed<>(failure, retryAfter);
    assertThat(exchangePluginCode(failing).execute(scene.app().appId(), Sample.pluginCode()))
        .isEqualTo(new Failed(failure, retryAfter));
  }

  @Test
  void for_a_mini_program_that_is_gone_nobody_is_asked() {
    assertThat(exchangePluginCode.execute(Sample.appId(), Sample.pluginCode()))
        .isEqualTo(new AppGone());
    assertThat(weChat.calls()).isZero();
  }

  @Test
  void without_the_storage_nobody_is_asked() {
    PluginCode code = weChat.codeFor("alice", scene.app());
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> exchangePluginCode.execute(scene.app().appId(), code));
    assertThat(weChat.calls()).isZero();
  }

  private ExchangePluginCode exchangePluginCode(PluginCodeExchange exchange) {
    return new ExchangePluginCode(scene.storage().miniPrograms(), exchange);
  }
}
