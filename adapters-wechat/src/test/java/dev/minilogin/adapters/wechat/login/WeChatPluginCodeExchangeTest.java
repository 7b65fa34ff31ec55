package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.FailingWeChat;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.PluginCodeExchangeContract;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.WeChatFailure;
import org.junit.jupiter.api.AfterEach;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatPluginCodeExchangeTest
    implements PluginCodeExchangeContract, PluginCodeExchangeContract.WeChat {
  private final Scene scene = new Scene();
  private final FailingWeChat weChat = new FailingWeChat(scene);

  @AfterEach
  void close() {
    weChat.close();
  }

  @Override
  public PluginCodeExchange pluginCodeExchange() {
    return (app, code) ->
        weChat.call(
            WeChatApi.GET_PLUGIN_OPENPID,
            PluginCodeExchange.class,
            port -> port.exchange(app, code));
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
  public PluginCode codeFor(String user, MiniProgram app) {
    return new PluginCode(scene.simulator().issuePluginCode(app.appId().value(), user));
  }

  @Override
  public void failNext(WeChatFailure failure) {
    weChat.failNext(failure);
  }
}
