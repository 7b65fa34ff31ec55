package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.errcode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.Suggest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A reset forgets all that happened, and keeps apps and settings. */
class ResetTest extends ServerApiFixture {

  @Test
  void tokens_codes_and_keys_are_gone() {
    String phoneCode = wechat.issuePhoneCode(APP, "alice");
    String pluginCode = wechat.issuePluginCode(APP, "alice");
    wechat.latestUserKey(APP, "alice");
    wechat.advance(Duration.ofHours(1));
    assertThat(wechat.latestUserKey(APP, "alice").version()).isEqualTo(2);

    wechat.reset();

    assertThat(wechat.stateOfAccessToken(token)).isEqualTo(AccessTokenState.UNKNOWN);
    token = newToken(APP, SECRET);
    assertThat(errcode(post(Api.GETUSERPHONENUMBER, "{\"code\":\"" + phoneCode + "\"}")))
        .isEqualTo(40029);
    assertThat(errcode(post(Api.GETPLUGINOPENPID, "{\"code\":\"" + pluginCode + "\"}")))
        .isEqualTo(1007);
    assertThat(wechat.latestUserKey(APP, "alice").version()).isEqualTo(1);
    assertThat(wechat.now()).isEqualTo(START);
  }

  @Test
  void users_and_their_visits_are_gone() {
    wechat.visit(APP, "alice");

    wechat.reset();
    token = newToken(APP, SECRET);

    assertThat(wechat.users()).isEmpty();
    assertThat(checkText()).isEqualTo(40003);
    wechat.latestUserKey(APP, "alice");
    assertThat(checkText()).isEqualTo(61010);
  }

  @Test
  void arranged_verdicts_are_gone() {
    wechat.nextMediaVerdict(APP, Suggest.RISKY);

    wechat.reset();

    token = newToken(APP, SECRET);
    assertThat(pictureCheck()).isZero();
  }

  @Test
  void apps_and_settings_stay() {
    wechat.settings(wechat.settings().withPhoneQuotaExhausted(true));

    wechat.reset();

    assertThat(wechat.apps()).hasSize(3);
    assertThat(wechat.settings().phoneQuotaExhausted()).isTrue();
  }

  private int checkText() {
    return errcode(
        post(
            Api.MSG_SEC_CHECK,
            "{\"content\":\"a\",\"version\":2,\"scene\":1,\"openid\":\"%s\"}"
                .formatted(wechat.openid(APP, "alice"))));
  }

  private int pictureCheck() {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"media\"\r\n\r\nGIF89a\r\n--b--\r\n";
    return errcode(
        probe.send(
            probe
                .request(path(Api.IMG_SEC_CHECK, token))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(form))));
  }
}
