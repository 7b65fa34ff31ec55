package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import org.junit.jupiter.api.Test;

class InMemoryPluginCodeExchangeTest
    implements PluginCodeExchangeContract, PluginCodeExchangeContract.WeChat {
  private final InMemoryPluginCodeExchange inMemory = new InMemoryPluginCodeExchange();
  private final MiniProgram app = Sample.miniProgram();
  private final MiniProgram otherApp = Sample.miniProgram();

  @Override
  public PluginCodeExchange pluginCodeExchange() {
    return inMemory;
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return app;
  }

  @Override
  public MiniProgram otherApp() {
    return otherApp;
  }

  @Override
  public PluginCode codeFor(String user, MiniProgram in) {
    return inMemory.codeFor(user, in);
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }

  @Test
  void an_openpid_is_foretold() {
    assertThat(inMemory.exchange(app, inMemory.codeFor("alice", app)))
        .isEqualTo(new Reply.Given<>(inMemory.openPidOf("alice", app)));
  }
}
