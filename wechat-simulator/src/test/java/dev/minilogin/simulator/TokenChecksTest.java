package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.errcode;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the APIs that want an access_token check before anything else, in that order. */
class TokenChecksTest extends ServerApiFixture {

  private static final String STABLE_BODY =
      "{\"grant_type\":\"client_credential\",\"appid\":\""
          + APP
          + "\",\"secret\":\""
          + Probe.SECRET
          + "\"}";

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"JSCODE2SESSION", "TOKEN", "STABLE_TOKEN", "CLEAR_QUOTA_V2"})
  void a_token_must_be_there_and_good(Api api) {
    HttpResponse<String> missing = probe.get(api.path());
    assertRefused(missing, 41001, "access_token missing");
    assertThat(contentType(missing)).isEqualTo("application/json; encoding=utf-8");
    assertRefused(probe.get(path(api, "")), 41001, "access_token missing");
    assertRefused(
        probe.get(path(api, "12_junk")),
        40001,
        "invalid credential, access_token is invalid or not latest, could get access_token by"
            + " getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r");
    wechat.expireAccessTokens(APP);
    assertRefused(probe.get(path(api, token)), 42001, "access_token expired");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GETUSERPHONENUMBER",
        "CHECKENCRYPTEDMSG",
        "GETPLUGINOPENPID",
        "MSG_SEC_CHECK",
        "MEDIA_CHECK_ASYNC",
        "IMG_SEC_CHECK",
        "GETUSERRISKRANK",
        "CLEAR_QUOTA"
      })
  void then_comes_the_method_then_the_body(Api api) {
    assertRefused(get(api, ""), 43002, "require POST method");
    assertRefused(post(api, ""), 44002, "empty post data");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "GETUSERPHONENUMBER",
        "CHECKENCRYPTEDMSG",
        "MSG_SEC_CHECK",
        "MEDIA_CHECK_ASYNC",
        "GETUSERRISKRANK",
        "CLEAR_QUOTA"
      })
  void then_its_form(Api api) {
    for (String odd : new String[] {"junk", "[]", "{\"a\":", "{}"}) {
      assertRefused(post(api, odd), 47001, "data format error hint: \\[[0-9A-Za-z]{6}]");
    }
  }

  @Test
  void both_families_of_tokens_open_the_apis() {
    String stable =
        json(probe.post("/cgi-bin/stable_token", STABLE_BODY)).path("access_token").asText();

    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, stable)))).isZero();
  }

  @Test
  void the_token_before_the_last_works_for_five_minutes() {
    newToken(APP, Probe.SECRET);
    wechat.advance(Duration.ofSeconds(299));
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();

    wechat.advance(Duration.ofSeconds(1));

    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isEqualTo(40001);
  }

  @Test
  void a_stable_token_can_be_killed_as_by_another_system() {
    String old =
        json(probe.post("/cgi-bin/stable_token", STABLE_BODY)).path("access_token").asText();

    wechat.killStableToken(APP);

    assertThat(wechat.stateOfAccessToken(old)).isEqualTo(AccessTokenState.DISPLACED);
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, old)))).isEqualTo(40001);
    String renewed =
        json(probe.post("/cgi-bin/stable_token", STABLE_BODY)).path("access_token").asText();
    assertThat(renewed).isNotEqualTo(old);
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, renewed)))).isZero();
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
  }

  @Test
  void expiring_an_apps_tokens_leaves_other_apps_alone_and_new_ones_good() {
    wechat.expireAccessTokens(APP);

    assertThat(wechat.stateOfAccessToken(token)).isEqualTo(AccessTokenState.EXPIRED);
    assertThat(wechat.stateOfAccessToken(otherToken)).isEqualTo(AccessTokenState.VALID);
    assertThat(wechat.stateOfAccessToken(newToken(APP, Probe.SECRET)))
        .isEqualTo(AccessTokenState.VALID);
  }

  @Test
  void tokens_of_unknown_apps_can_be_neither_killed_nor_expired() {
    assertThatThrownBy(() -> wechat.killStableToken("wxunknown"))
        .isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> wechat.expireAccessTokens("wxunknown"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void a_fault_of_an_app_hits_the_calls_with_its_token() {
    wechat.addFault(Fault.on(Api.GETCALLBACKIP).appId(OTHER_APP).errcode(-1).always());

    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, token)))).isZero();
    assertThat(errcode(probe.get(path(Api.GETCALLBACKIP, otherToken)))).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource(names = {"GETCALLBACKIP", "GET_API_DOMAIN_IP"})
  void the_servers_have_addresses(Api api) {
    assertThat(probe.get(path(api, token)).body()).isEqualTo("{\"ip_list\":[\"127.0.0.1\"]}");
  }

  @Test
  void the_path_that_a_client_library_made_up_does_not_exist() {
    assertRefused(probe.get("/wxa/checksessionkey?access_token=" + token), 40066, "invalid url");
  }
}
