package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.testing.RiskAssessmentContract;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.simulator.platform.User;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatRiskAssessmentTest extends SimulatedWeChat
    implements RiskAssessmentContract, RiskAssessmentContract.WeChat {

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
  public OpenId logIn(String user, int rank) {
    String appId = Scene.APP.appId().value();
    scene.simulator().addUser(new User(user, false).withRiskRank(rank));
    scene.simulator().visit(appId, user);
    return new OpenId(scene.simulator().openid(appId, user));
  }
}
