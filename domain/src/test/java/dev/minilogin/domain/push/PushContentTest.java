package dev.minilogin.domain.push;

import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.wechat.OpenId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the samples of WeChat's docs. */
class PushContentTest {
  private static final OpenId PERSON = new OpenId("oaKk343WOktAaT2ygsX138BGblrg");

  private static final Map<String, String> MEDIA_CHECK =
      Map.of(
          "ToUserName", "gh_9df7d78a1234",
          "FromUserName", "o4_t144jTUSEoxydysUA2E234_tc",
          "CreateTime", "1626959646",
          "MsgType", "event",
          "Event", "wxa_media_check",
          "appid", "wx8f16a5be77871234",
          "trace_id", "60f96f1d-3845297a-1976a3ae",
          "errcode", "0",
          "result.suggest", "pass",
          "result.label", "100");

  private static final TraceId TRACE = new TraceId("60f96f1d-3845297a-1976a3ae");

  @Test
  void a_modified_person_is_the_one_in_openid_and_not_the_sender() {
    assertThat(about("user_info_modified", "").content())
        .isEqualTo(new PushContent.Modified(PERSON));
  }

  @Test
  void a_closed_account_is_cancelled() {
    assertThat(about("user_authorization_cancellation", "").content())
        .isEqualTo(new PushContent.Cancelled(PERSON));
  }

  static Stream<Arguments> revocations() {
    Set<ProfileField> none = Set.of();
    return Stream.of(
        Arguments.of("", none, false),
        Arguments.of("1", none, false),
        Arguments.of("2", none, false),
        Arguments.of("3", none, false),
        Arguments.of("4", none, false),
        Arguments.of("5", none, false),
        Arguments.of("6", Set.of(NICKNAME, AVATAR_URL), false),
        Arguments.of("7", none, false),
        Arguments.of("8", none, true),
        Arguments.of("12", none, false),
        Arguments.of("13", none, false),
        Arguments.of("14", none, false),
        Arguments.of("15", none, false),
        Arguments.of("16", none, false),
        Arguments.of("18", none, false),
        Arguments.of("19", Set.of(NICKNAME), false),
        Arguments.of("20", Set.of(AVATAR_URL), false),
        Arguments.of("68", none, false),
        Arguments.of("206", none, false),
        Arguments.of("301", none, false),
        Arguments.of(" 8 ", none, true),
        Arguments.of("6,8", Set.of(NICKNAME, AVATAR_URL), true),
        Arguments.of("19|20", Set.of(NICKNAME, AVATAR_URL), false),
        Arguments.of("[1, 8, 19]", Set.of(NICKNAME), true),
        Arguments.of("6 6", Set.of(NICKNAME, AVATAR_URL), false),
        Arguments.of("phone", none, false));
  }

  @ParameterizedTest
  @MethodSource("revocations")
  void exactly_what_was_revoked_is_named(
      String revokeInfo, Set<ProfileField> fields, boolean phone) {
    assertThat(about("user_authorization_revoke", revokeInfo).content())
        .isEqualTo(new PushContent.Revoked(PERSON, fields, phone));
  }

  @ParameterizedTest
  @CsvSource({"pass, PASS", "review, REVIEW", "risky, RISKY", "RISKY, RISKY"})
  void a_picture_gets_the_verdict_of_the_result(String suggest, Verdict verdict) {
    assertThat(mediaCheck("result.suggest", suggest))
        .isEqualTo(new PushContent.Checked(TRACE, Optional.of(verdict)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown"})
  void a_picture_without_a_verdict_that_is_known_has_none(String suggest) {
    assertThat(mediaCheck("result.suggest", suggest))
        .isEqualTo(new PushContent.Checked(TRACE, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1008", "43104", "1"})
  void a_picture_that_wechat_could_not_look_at_has_no_verdict(String errcode) {
    assertThat(mediaCheck("errcode", errcode))
        .isEqualTo(new PushContent.Checked(TRACE, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, PASS", "1, 0, RISKY", "0, 4294966288,", "1, 4294966288,"})
  void version_1_says_whether_a_picture_is_risky(
      String isRisky, String statusCode, Verdict verdict) {
    PushEvent event =
        new PushEvent(
            Map.of(
                "MsgType",
                "event",
                "Event",
                "wxa_media_check",
                "isrisky",
                isRisky,
                "extra_info_json",
                "",
                "trace_id",
                TRACE.value(),
                "status_code",
                statusCode));
    assertThat(event.content())
        .isEqualTo(new PushContent.Checked(TRACE, Optional.ofNullable(verdict)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "o/a", "open id", "密", "<script>"})
  void an_event_that_names_nobody_is_not_acted_on(String openId) {
    for (String name :
        new String[] {
          "user_info_modified", "user_authorization_revoke", "user_authorization_cancellation"
        }) {
      PushEvent event =
          new PushEvent(
              Map.of(
                  "Event",
                  name,
                  "FromUserName",
                  "oaKk346BaWE-eIn4oSRWbaM9vR7s",
                  "OpenID",
                  openId,
                  "RevokeInfo",
                  "6"));
      assertThat(event.content()).isEqualTo(new PushContent.Other());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x"})
  void a_picture_without_a_trace_is_not_acted_on(String trace) {
    assertThat(mediaCheck("trace_id", trace)).isEqualTo(new PushContent.Other());
  }

  @ParameterizedTest
  @ValueSource(strings = {"debug_demo", "wxa_punish_event", "USER_INFO_MODIFIED", ""})
  void what_is_not_known_here_is_not_acted_on(String name) {
    assertThat(about(name, "6").content()).isEqualTo(new PushContent.Other());
    assertThat(new PushEvent(Map.of("MsgType", "text", "Content", "hello")).content())
        .isEqualTo(new PushContent.Other());
  }

  private static PushEvent about(String name, String revokeInfo) {
    return new PushEvent(
        Map.of(
            "ToUserName", "gh_870882ca4b1",
            "FromUserName", "oaKk346BaWE-eIn4oSRWbaM9vR7s",
            "CreateTime", "1627359464",
            "MsgType", "event",
            "Event", name,
            "OpenID", PERSON.value(),
            "RevokeInfo", revokeInfo));
  }

  private static PushContent mediaCheck(String field, String value) {
    Map<String, String> fields = new HashMap<>(MEDIA_CHECK);
    fields.put(field, value);
    return new PushEvent(fields).content();
  }
}
