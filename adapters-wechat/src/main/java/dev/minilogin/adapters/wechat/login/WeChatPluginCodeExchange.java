package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.util.Map;

/** getPluginOpenPId. */
@Singleton
final class WeChatPluginCodeExchange implements PluginCodeExchange {
  private final AuthorizedClient weChat;

  WeChatPluginCodeExchange(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<OpenPid> exchange(MiniProgram app, PluginCode code) {
    WeChatRequest request =
        WeChatRequest.post(WeChatApi.GET_PLUGIN_OPENPID, Map.of("code", code.reveal()));
    return weChat.call(app, request, answer -> answer.text("openpid").map(OpenPid::new));
  }
}
