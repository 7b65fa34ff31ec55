package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.WeChatFailure;
import org.junit.jupiter.api.Test;

class InMemoryRiskAssessmentTest implements RiskAssessmentContract, RiskAssessmentContract.WeChat {
  private final InMemoryWeChat people = new InMemoryWeChat();
  private final InMemoryRiskAssessment inMemory = new InMemoryRiskAssessment();
  private final MiniProgram app = Sample.miniProgram();

  @Override
  public RiskAssessment riskAssessment() {
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
  public OpenId logIn(String user, int rank) {
    OpenId openId = people.openIdOf(user, app);
    inMemory.setRank(openId, rank);
    return openId;
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }

  @Test
  void the_addresses_of_the_logins_are_remembered() {
    inMemory.rank(app, Sample.openId(), "203.0.113.7");
    inMemory.rank(app, Sample.openId(), "2001:db8::7");
    assertThat(inMemory.clientAddresses()).containsExactly("203.0.113.7", "2001:db8::7");
    assertThat(inMemory.calls()).isEqualTo(2);
  }
}
