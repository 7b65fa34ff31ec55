package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.FailingWeChat;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.RiskAssessmentContract;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.platform.User;
import org.junit.jupiter.api.AfterEach;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatRiskAssessmentTest implements RiskAssessmentContract, RiskAssessmentContract.WeChat {
  private final Scene scene = new Scene();
  private final FailingWeChat weChat = new FailingWeChat(scene);

  @AfterEach
  void close() {
    weChat.close();
  }

  @Override
  public RiskAssessment riskAssessment() {
    return (app, openId, address) ->
        weChat.call(
            WeChatApi.GET_USER_RISK_RANK,
            RiskAssessment.class,
            port -> port.rank(app, openId, address));
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
  public OpenId logIn(String user, int rank) {
    String appId = Scene.APP.appId().value();
    scene.simulator().addUser(new User(user, false).withRiskRank(rank));
    scene.simulator().visit(appId, user);
    return new OpenId(scene.simulator().openid(appId, user));
  }

  @Override
  public void failNext(WeChatFailure failure) {
    weChat.failNext(failure);
  }
}
