package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import jakarta.inject.Singleton;
import java.util.Map;

/** getUserRiskRank, in the scene of a registration. */
@Singleton
final class WeChatRiskAssessment implements RiskAssessment {
  private static final int REGISTRATION = 0;
  private static final int HIGHEST = 4;

  private final AuthorizedClient weChat;

  WeChatRiskAssessment(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<Integer> rank(MiniProgram app, OpenId openId, String clientAddress) {
    WeChatRequest request =
        WeChatRequest.post(
            WeChatApi.GET_USER_RISK_RANK,
            Map.of(
                "appid",
                app.appId().value(),
                "openid",
                openId.value(),
                "scene",
                REGISTRATION,
                "client_ip",
                clientAddress));
    return weChat.call(
        app,
        request,
        answer ->
            answer
                .number("risk_rank")
                .filter(rank -> rank >= 0 && rank <= HIGHEST)
                .map(Long::intValue));
  }
}
