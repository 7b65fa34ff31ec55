package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.CodeExchangeContract;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatCodeExchangeTest extends SimulatedWeChat
    implements CodeExchangeContract, CodeExchangeContract.WeChat {

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
  public LoginCode codeFor(String user, MiniProgram app) {
    return new LoginCode(scene.simulator().issueCode(app.appId().value(), user));
  }
}
