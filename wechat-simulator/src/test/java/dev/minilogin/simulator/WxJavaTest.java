package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cn.binarywang.wx.miniapp.api.WxMaSecurityService;
import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.WxMaUserService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.bean.WxMaMediaAsyncCheckResult;
import cn.binarywang.wx.miniapp.bean.WxMaPhoneNumberInfo;
import cn.binarywang.wx.miniapp.bean.internet.WxMaInternetResponse;
import cn.binarywang.wx.miniapp.bean.safety.request.WxMaUserSafetyRiskRankRequest;
import cn.binarywang.wx.miniapp.bean.security.WxMaMediaSecCheckCheckRequest;
import cn.binarywang.wx.miniapp.bean.security.WxMaMsgSecCheckCheckRequest;
import cn.binarywang.wx.miniapp.bean.security.WxMaMsgSecCheckCheckResponse;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.platform.Suggest;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.UserInfo;
import dev.minilogin.simulator.platform.UserKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import me.chanjar.weixin.common.error.WxErrorException;
import me.chanjar.weixin.common.util.SignUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void it_gets_a_phone_number() throws WxErrorException {
    wechat.addUser(new User("alice", false).withPhone("5551234", "1"));

    WxMaPhoneNumberInfo phone =
        client(true).getUserService().getPhoneNumber(wechat.issuePhoneCode(APP, "alice"));

    assertThat(phone.getPhoneNumber()).isEqualTo("15551234");
    assertThat(phone.getPurePhoneNumber()).isEqualTo("5551234");
    assertThat(phone.getCountryCode()).isEqualTo("1");
    assertThat(phone.getWatermark().getAppid()).isEqualTo(APP);
    assertThat(phone.getWatermark().getTimestamp())
        .isEqualTo(String.valueOf(START.getEpochSecond()));
  }

  @Test
  void it_is_told_that_a_phone_code_was_used() throws WxErrorException {
    WxMaService client = client(true);
    String code = wechat.issuePhoneCode(APP, "alice");
    client.getUserService().getPhoneNumber(code);

    assertThat(errorOf(() -> client.getUserService().getPhoneNumber(code))).isEqualTo(40029);
  }

  @Test
  void it_opens_open_data() throws WxErrorException {
    WxMaService client = client(true);
    client.jsCode2SessionInfo(wechat.issueCode(APP, "alice"));
    String key = wechat.sessionKey(APP, "alice").orElseThrow();
    OpenData phone = wechat.phoneData(APP, "alice");
    UserInfo info = wechat.userInfo(APP, "alice");

    WxMaUserService users = client.getUserService();
    assertThat(users.getPhoneNoInfo(key, phone.encryptedData(), phone.iv()).getPhoneNumber())
        .matches("13\\d{9}");
    assertThat(users.checkUserInfo(key, info.rawData(), info.signature())).isTrue();
    assertThat(users.checkUserInfo(key, info.rawData() + " ", info.signature())).isFalse();
    OpenData data = info.openData();
    assertThat(users.getUserInfo(key, data.encryptedData(), data.iv()).getNickName())
        .isEqualTo("微信用户");
  }

  @Test
  void a_killed_token_is_replaced_and_the_call_repeated() throws WxErrorException {
    WxMaService client = client(true);
    client.getAccessToken();
    wechat.killStableToken(APP);

    client.getUserService().getPhoneNumber(wechat.issuePhoneCode(APP, "alice"));

    assertThat(wechat.calls(Api.GETUSERPHONENUMBER)).isEqualTo(2);
    assertThat(wechat.calls(Api.STABLE_TOKEN)).isEqualTo(2);
  }

  @Test
  void it_gets_encrypt_keys_with_an_upper_case_signature() throws WxErrorException {
    WxMaService client = client(true);
    wechat.issueCode(APP, "alice");
    String sessionKey = wechat.sessionKey(APP, "alice").orElseThrow();
    UserKey phone = wechat.latestUserKey(APP, "alice");

    WxMaInternetResponse keys =
        client.getInternetService().getUserEncryptKey(wechat.openid(APP, "alice"), sessionKey);

    assertThat(SignUtils.createHmacSha256Sign("", sessionKey))
        .isEqualTo(ServerApiFixture.hmac(sessionKey, "").toUpperCase(Locale.ROOT));

    assertThat(keys.getKeyInfoList())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.getEncryptKey()).isEqualTo(phone.encryptKey());
              assertThat(key.getIv()).isEqualTo(phone.iv());
              assertThat(key.getVersion()).isEqualTo(phone.version());
              assertThat(key.getExpireIn()).isEqualTo(3600);
            });
  }

  @Test
  void it_checks_texts_though_its_version_is_a_text() throws WxErrorException {
    wechat.visit(APP, "alice");

    WxMaMsgSecCheckCheckResponse verdict =
        client(true)
            .getSecurityService()
            .checkMessage(
                WxMaMsgSecCheckCheckRequest.builder()
                    .version("2")
                    .scene(1)
                    .openid(wechat.openid(APP, "alice"))
                    .content("违规")
                    .build());

    assertThat(wechat.wireAfter(0).getLast().requestBody().orElseThrow())
        .contains("\"version\":\"2\"");
    assertThat(verdict.getErrcode()).isZero();
    assertThat(verdict.getResult().getSuggest()).isEqualTo("risky");
    assertThat(verdict.getResult().getLabel()).isEqualTo("20001");
    assertThat(verdict.getDetail()).hasSize(2);
    assertThat(verdict.getTraceId()).isNotEmpty();
  }

  @Test
  void it_checks_texts_in_the_old_way() throws WxErrorException {
    WxMaSecurityService security = client(true).getSecurityService();

    assertThat(security.checkMessage("hello")).isTrue();
    assertThat(errorOf(() -> security.checkMessage("risky"))).isEqualTo(87014);
  }

  @Test
  void it_has_files_checked() throws WxErrorException {
    wechat.settings(wechat.settings().withMediaCheckDelay(Duration.ofDays(1)));
    wechat.visit(APP, "alice");

    WxMaMediaAsyncCheckResult accepted =
        client(true)
            .getSecurityService()
            .mediaCheckAsync(
                WxMaMediaSecCheckCheckRequest.builder()
                    .mediaUrl("http://127.0.0.1:1/a.png")
                    .mediaType(2)
                    .version(2)
                    .scene(1)
                    .openid(wechat.openid(APP, "alice"))
                    .build());

    assertThat(accepted.getTraceId()).matches("[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}");
  }

  @Test
  void it_has_pictures_checked(@TempDir Path folder) throws IOException, WxErrorException {
    Path picture = folder.resolve("a.png");
    Files.write(picture, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', -1, 0});
    WxMaSecurityService security = client(true).getSecurityService();

    assertThat(security.checkImage(picture.toFile())).isTrue();
    wechat.nextMediaVerdict(APP, Suggest.RISKY);
    assertThat(errorOf(() -> security.checkImage(picture.toFile()))).isEqualTo(87014);
  }

  @Test
  void it_asks_for_a_users_risk() throws WxErrorException {
    wechat.addUser(new User("alice", false).withRiskRank(3));
    wechat.visit(APP, "alice");
    WxMaUserSafetyRiskRankRequest query =
        WxMaUserSafetyRiskRankRequest.builder()
            .appid(APP)
            .openid(wechat.openid(APP, "alice"))
            .scene(0)
            .clientIp("203.0.113.7")
            .build();

    assertThat(client(true).getSecurityService().getUserRiskRank(query).getRiskRank()).isEqualTo(3);
  }

  /** As its version 4.8.2 does it: the path is made up, and so is what is signed. */
  @Test
  void its_check_of_a_session_key_cannot_work() throws WxErrorException {
    WxMaService client = client(true);
    wechat.issueCode(APP, "alice");
    String openid = wechat.openid(APP, "alice");
    String query =
        "?access_token="
            + client.getAccessToken()
            + "&sig_method=hmac_sha256&openid="
            + openid
            + "&signature="
            + SignUtils.createHmacSha256Sign(openid, wechat.sessionKey(APP, "alice").orElseThrow());

    assertThat(Probe.errcode(probe.get("/wxa/checksessionkey" + query))).isEqualTo(40066);
    assertThat(Probe.errcode(probe.get(Api.CHECKSESSION.path() + query))).isEqualTo(87009);
  }

  private int errorOf(WxMaService client, String code) {
    return errorOf(() -> client.jsCode2SessionInfo(code));
  }

  private static int errorOf(ThrowingCallable call) {
    return catchThrowableOfType(WxErrorException.class, call).getError().getErrorCode();
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
