package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.FailingWeChat;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.CodeExchangeContract;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import org.junit.jupiter.api.AfterEach;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatCodeExchangeTest implements CodeExchangeContract, CodeExchangeContract.WeChat {
  private final Scene scene = new Scene();
  private final FailingWeChat weChat = new FailingWeChat(scene);

  @AfterEach
  void close() {
    weChat.close();
  }

  @Override
  public CodeExchange codeExchange() {
    return (app, code) ->
        weChat.call(WeChatApi.CODE2SESSION, CodeExchange.class, port -> port.exchange(app, code));
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return Scene.APP;
  }

  @Override
  public MiniProgram otherApp() {
    return Scene.OTHER_APP;
  }

  @Override
  public LoginCode codeFor(String user, MiniProgram app) {
    return new LoginCode(scene.simulator().issueCode(app.appId().value(), user));
  }

  @Override
  public void failNext(WeChatFailure failure) {
    weChat.failNext(failure);
  }
}
