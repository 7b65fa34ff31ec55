package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.errcode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PluginOpenpidTest extends ServerApiFixture {

  @Test
  void a_code_becomes_an_openpid_once() {
    String code = wechat.issuePluginCode(APP, "alice");

    assertThat(code).matches("[0-9a-f]{64}");
    assertThat(exchange(code).body())
        .isEqualTo(
            "{\"errcode\":0,\"errmsg\":\"ok\",\"openpid\":\"%s\"}"
                .formatted(wechat.openpid(APP, "alice")));
    assertRefused(exchange(code), 1007, "openpid数据不存在");
  }

  @Test
  void an_openpid_begins_with_g_and_belongs_to_one_app_and_user() {
    assertThat(wechat.openpid(APP, "alice"))
        .matches("G[A-Za-z0-9_-]{27}")
        .isNotEqualTo(wechat.openpid(OTHER_APP, "alice"))
        .isNotEqualTo(wechat.openpid(APP, "bob"));
    assertThat(wechat.openpid(APP, "alice").substring(1))
        .isNotEqualTo(wechat.openid(APP, "alice").substring(1));
  }

  @Test
  void a_code_lives_five_minutes() {
    String code = wechat.issuePluginCode(APP, "alice");
    wechat.advance(Duration.ofMinutes(5));

    assertThat(errcode(exchange(code))).isEqualTo(1007);
  }

  @Test
  void another_apps_code_does_not_fit() {
    String code = wechat.issuePluginCode(OTHER_APP, "alice");

    assertRefused(exchange(code), 1005, "插件 appid 与数据不匹配");
    assertThat(errcode(postAs(otherToken, Api.GETPLUGINOPENPID, body(code)))).isZero();
  }

  @Test
  void it_has_errors_of_its_own_for_odd_bodies() {
    assertRefused(post(Api.GETPLUGINOPENPID, "{}"), 1001, "请求参数非法");
    assertRefused(post(Api.GETPLUGINOPENPID, "junk"), 1022, "json数据解析错误");
  }

  private HttpResponse<String> exchange(String code) {
    return post(Api.GETPLUGINOPENPID, body(code));
  }

  private static String body(String code) {
    return "{\"code\":\"" + code + "\"}";
  }
}
