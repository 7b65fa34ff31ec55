package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.PluginCodeExchangeContract;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatPluginCodeExchangeTest extends SimulatedWeChat
    implements PluginCodeExchangeContract, PluginCodeExchangeContract.WeChat {

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
  public PluginCode codeFor(String user, MiniProgram app) {
    return new PluginCode(scene.simulator().issuePluginCode(app.appId().value(), user));
  }
}
