package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import me.chanjar.weixin.common.error.WxErrorException;
import org.junit.jupiter.api.Test;

/** A third party's client, which knows nothing of this simulator, takes it for WeChat. */
class WxJavaTest extends SimulatorFixture {

  @Test
  void it_logs_in_with_a_plain_token() throws WxErrorException {
    WxMaService client = client(false);

    WxMaJscode2SessionResult session = client.jsCode2SessionInfo(wechat.issueCode(APP, "alice"));

    assertThat(session.getOpenid()).isEqualTo(wechat.openid(APP, "alice"));
    assertThat(wechat.unionid(APP, "alice")).contains(session.getUnionid());
    assertThat(wechat.sessionKey(APP, "alice")).contains(session.getSessionKey());
    assertThat(wechat.calls(Api.TOKEN)).isEqualTo(1);
    assertThat(wechat.calls(Api.STABLE_TOKEN)).isZero();
    assertThat(wechat.wireAfter(0).getLast().path()).contains("access_token=");
  }

  @Test
  void it_logs_in_with_a_stable_token() throws WxErrorException {
    WxMaService client = client(true);

    WxMaJscode2SessionResult session = client.jsCode2SessionInfo(wechat.issueCode(APP, "alice"));

    assertThat(session.getOpenid()).isEqualTo(wechat.openid(APP, "alice"));
    assertThat(wechat.calls(Api.STABLE_TOKEN)).isEqualTo(1);
    assertThat(wechat.calls(Api.TOKEN)).isZero();
    assertThat(wechat.stateOfAccessToken(client.getAccessToken()))
        .isEqualTo(AccessTokenState.VALID);
  }

  @Test
  void it_can_force_a_new_stable_token() throws WxErrorException {
    WxMaService client = client(true);
    String old = client.getAccessToken();

    String forced = client.getAccessToken(true);

    assertThat(wechat.stateOfAccessToken(forced)).isEqualTo(AccessTokenState.VALID);
    assertThat(wechat.calls(Api.STABLE_TOKEN)).isEqualTo(2);
    assertThat(old).isNotEmpty();
  }

  @Test
  void it_is_told_that_a_code_was_used() throws WxErrorException {
    WxMaService client = client(false);
    String code = wechat.issueCode(APP, "alice");
    client.jsCode2SessionInfo(code);

    assertThat(errorOf(client, code)).isEqualTo(40163);
  }

  @Test
  void it_is_told_that_junk_is_no_code() {
    assertThat(errorOf(client(false), "junk")).isEqualTo(40029);
  }

  @Test
  void it_is_told_of_faults() {
    wechat.addFault(Fault.on(Api.JSCODE2SESSION).errcode(45011).times(1));

    assertThat(errorOf(client(false), "any")).isEqualTo(45011);
  }

  private int errorOf(WxMaService client, String code) {
    return catchThrowableOfType(WxErrorException.class, () -> client.jsCode2SessionInfo(code))
        .getError()
        .getErrorCode();
  }

  private WxMaService client(boolean stableToken) {
    WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
    config.setAppid(APP);
    config.setSecret(SECRET);
    config.setApiHostUrl(wechat.uri().toString());
    config.useStableAccessToken(stableToken);
    WxMaService client = new WxMaServiceImpl();
    client.setWxMaConfig(config);
    return client;
  }
}
