package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.AppSecretClient;
import dev.minilogin.adapters.wechat.http.Replies;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatCall;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** code2Session, authenticated by appid and AppSecret and by no access token. */
@Singleton
final class WeChatCodeExchange implements CodeExchange {
  private final AppSecretClient weChat;

  WeChatCodeExchange(AppSecretClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<WeChatIdentity> exchange(MiniProgram app, LoginCode code) {
    WeChatApi api = WeChatApi.CODE2SESSION;
    WeChatCall call =
        weChat.call(
            app,
            api,
            secret ->
                WeChatRequest.get(
                    api,
                    Map.of(
                        "appid", app.appId().value(),
                        "secret", secret.reveal(),
                        "js_code", code.reveal(),
                        "grant_type", "authorization_code")));
    Reply<WeChatAnswer> reply = Replies.of(api, app.appId(), call);
    return Replies.read(api, app.appId(), reply, WeChatCodeExchange::identity);
  }

  private static Optional<WeChatIdentity> identity(WeChatAnswer answer) {
    Optional<OpenId> openId = answer.text("openid").map(OpenId::new);
    Optional<UnionId> unionId = answer.text("unionid").map(UnionId::new);
    return openId.flatMap(
        person ->
            answer
                .text("session_key")
                .map(key -> new WeChatIdentity(person, unionId, new SessionKey(key))));
  }
}
