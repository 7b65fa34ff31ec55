package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.WeChatError;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every error can be made to happen at every API, with the text and the form it has there. */
class ErrorTextsTest extends ServerApiFixture {

  /** All that WeChat's pages on these APIs and its page of general codes name. */
  private static final List<Integer> DOCUMENTED =
      List.of(
          -1, 1, 1000, 1001, 1003, 1005, 1007, 1022, 40001, 40002, 40003, 40004, 40013, 40014,
          40016, 40029, 40066, 40090, 40097, 40125, 40129, 40163, 40164, 40226, 40243, 41001, 41002,
          41004, 41008, 42001, 43002, 43104, 44002, 44991, 45009, 45011, 47001, 48001, 48006, 50002,
          50004, 50007, 61004, 61007, 61010, 61024, 61080, 61081, 76001, 76002, 76003, 76004, 76022,
          87007, 87008, 87009, 87014, 87020, 89002, 89300, 89503, 89506, 89507, 9410009);

  @Test
  void every_documented_code_is_known_once() {
    assertThat(Arrays.stream(WeChatError.values()).map(WeChatError::errcode))
        .containsAll(DOCUMENTED)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void every_error_can_be_provoked_at_every_api(Api api) {
    for (WeChatError error : WeChatError.values()) {
      wechat.addFault(Fault.on(api).errcode(error.errcode()).times(1));

      HttpResponse<String> answer = probe.get(path(api, token));

      boolean sns = api == Api.JSCODE2SESSION;
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(contentType(answer))
          .isEqualTo(sns ? "text/plain" : "application/json; encoding=utf-8");
      JsonNode json = json(answer);
      assertThat(json.fieldNames()).toIterable().containsExactly("errcode", "errmsg");
      assertThat(json.path("errcode").asInt()).isEqualTo(error.errcode());
      assertThat(json.path("errmsg").asText())
          .matches(
              Pattern.quote(error.message(Optional.of(api)))
                  + "( hint: \\[[0-9A-Za-z]{6}])?"
                  + (sns ? ", rid: " : " rid: ")
                  + RID);
    }
  }

  @Test
  void hints_stand_where_they_were_seen() {
    assertThat(text(Api.MSG_SEC_CHECK, WeChatError.DATA_FORMAT)).contains(" hint: [");
    assertThat(text(Api.GETUSERPHONENUMBER, WeChatError.INVALID_CODE)).contains(" hint: [");
    assertThat(text(Api.GETUSERPHONENUMBER, WeChatError.INVALID_APPID)).contains(" hint: [");
    assertThat(text(Api.JSCODE2SESSION, WeChatError.INVALID_CODE)).doesNotContain("hint");
    assertThat(text(Api.TOKEN, WeChatError.INVALID_APPID)).doesNotContain("hint");
  }

  @Test
  void only_the_token_api_advises_to_take_the_stable_token() {
    assertThat(text(Api.TOKEN, WeChatError.DAILY_QUOTA)).contains("getStableAccessToken");
    assertThat(text(Api.STABLE_TOKEN, WeChatError.DAILY_QUOTA))
        .startsWith("reach max api daily quota limit rid: ");
  }

  @Test
  void an_unknown_code_has_a_text_too() {
    wechat.addFault(Fault.on(Api.TOKEN).errcode(12345).times(1));

    assertThat(json(probe.get(Api.TOKEN.path())).path("errmsg").asText())
        .startsWith("unknown error rid: ");
  }

  private String text(Api api, WeChatError error) {
    wechat.addFault(Fault.on(api).errcode(error).times(1));
    return json(probe.get(path(api, token))).path("errmsg").asText();
  }
}
