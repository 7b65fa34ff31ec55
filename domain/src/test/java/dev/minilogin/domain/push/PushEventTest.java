package dev.minilogin.domain.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the samples of WeChat's docs. */
class PushEventTest {
  private static final Map<String, String> REVOKE =
      Map.of(
          "ToUserName", "gh_870882ca4b1",
          "FromUserName", "oaKk346BaWE-eIn4oSRWbaM9vR7s",
          "CreateTime", "1627359464",
          "MsgType", "event",
          "Event", "user_authorization_revoke",
          "OpenID", "oaKk343WOktAaT2ygsX138BGblrg",
          "AppID", "wx13974bf780d3dc89",
          "RevokeInfo", "1",
          "PluginID", "wx13974bf780d3dc89",
          "OpenPID", " G7esq5NVzP76HIHoB95t4CVBP6to");

  @Test
  void an_event_has_its_name_and_what_is_no_event_its_type() {
    assertThat(new PushEvent(REVOKE).name()).isEqualTo("user_authorization_revoke");
    assertThat(new PushEvent(Map.of("MsgType", "text")).name()).isEqualTo("text");
    assertThat(new PushEvent(Map.of("MsgType", "event", "Event", " ")).name()).isEqualTo("event");
    assertThat(new PushEvent(Map.of()).name()).isEmpty();
  }

  @Test
  void a_field_is_told_without_blanks_around_it_and_kept_as_it_was_written() {
    PushEvent event = new PushEvent(with("Blank", " \t"));
    assertThat(event.field("OpenPID")).contains("G7esq5NVzP76HIHoB95t4CVBP6to");
    assertThat(event.fields()).containsEntry("OpenPID", " G7esq5NVzP76HIHoB95t4CVBP6to");
    assertThat(event.field("Blank")).isEmpty();
    assertThat(event.field("openid")).isEmpty();
    assertThat(event.field("missing")).isEmpty();
  }

  @Test
  void it_says_when_it_was_made() {
    assertThat(new PushEvent(REVOKE).createdAt()).isEqualTo(Instant.ofEpochSecond(1627359464));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-1", "1.5", "9999999999999", "１６"})
  void a_time_that_is_none_is_the_epoch(String time) {
    assertThat(new PushEvent(with("CreateTime", time)).createdAt()).isEqualTo(Instant.EPOCH);
    assertThat(new PushEvent(Map.of()).createdAt()).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_info_modified",
        "user_authorization_revoke",
        "user_authorization_cancellation"
      })
  void of_the_events_about_people_person_time_and_subject_count(String name) {
    Map<String, String> event = with("Event", name);
    String identity = new PushEvent(event).identity();
    for (String field : new String[] {"OpenID", "CreateTime", "RevokeInfo", "PluginID"}) {
      assertThat(new PushEvent(with(event, field, "2")).identity())
          .as(field)
          .isNotEqualTo(identity);
    }
    for (String field : new String[] {"ToUserName", "FromUserName", "AppID", "OpenPID", "other"}) {
      assertThat(new PushEvent(with(event, field, "2")).identity()).as(field).isEqualTo(identity);
    }
  }

  @Test
  void events_with_different_names_are_different() {
    assertThat(new PushEvent(with("Event", "user_info_modified")).identity())
        .isNotEqualTo(new PushEvent(with("Event", "user_authorization_cancellation")).identity());
  }

  @Test
  void two_people_of_one_second_are_two_events_although_wechats_account_sends_both() {
    assertThat(new PushEvent(with("OpenID", "oaKk343WOktAaT2ygsX138BGbLRG")).identity())
        .isNotEqualTo(new PushEvent(REVOKE).identity());
  }

  @Test
  void the_sender_counts_where_no_person_is_named() {
    Map<String, String> event = with("OpenID", "");
    assertThat(new PushEvent(with(event, "FromUserName", "oOther")).identity())
        .isNotEqualTo(new PushEvent(event).identity());
  }

  @Test
  void a_picture_is_checked_once_whatever_else_is_said() {
    Map<String, String> check =
        Map.of(
            "MsgType", "event",
            "Event", "wxa_media_check",
            "CreateTime", "1626959646",
            "trace_id", "60f96f1d-3845297a-1976a3ae",
            "result.suggest", "pass");
    String identity = new PushEvent(check).identity();
    assertThat(new PushEvent(with(check, "CreateTime", "1626959647")).identity())
        .isEqualTo(identity);
    assertThat(new PushEvent(with(check, "trace_id", "60f96f1d-3845297a-1976a3af")).identity())
        .isNotEqualTo(identity);
  }

  @Test
  void a_message_is_its_number() {
    PushEvent message = new PushEvent(Map.of("MsgType", "text", "MsgId", "1", "Content", "a"));
    assertThat(new PushEvent(Map.of("MsgType", "text", "MsgId", "1", "Content", "b")).identity())
        .isEqualTo(message.identity());
    assertThat(new PushEvent(Map.of("MsgType", "text", "MsgId", "2", "Content", "a")).identity())
        .isNotEqualTo(message.identity());
  }

  @Test
  void of_what_is_not_known_here_every_field_counts() {
    Map<String, String> event = with("Event", "wxa_punish_event");
    PushEvent unknown = new PushEvent(event);
    assertThat(new PushEvent(new HashMap<>(event)).identity()).isEqualTo(unknown.identity());
    assertThat(new PushEvent(with(event, "note", "2")).identity()).isNotEqualTo(unknown.identity());
    assertThat(new PushEvent(Map.of()).identity()).isNotEqualTo(unknown.identity());
  }

  @Test
  void an_event_is_not_changed_through_the_map_it_was_made_of() {
    Map<String, String> given = new HashMap<>(REVOKE);
    PushEvent event = new PushEvent(given);
    given.clear();
    assertThat(event.fields()).isEqualTo(REVOKE);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> event.fields().clear());
  }

  private static Map<String, String> with(String field, String value) {
    return with(REVOKE, field, value);
  }

  private static Map<String, String> with(Map<String, String> fields, String field, String value) {
    Map<String, String> changed = new HashMap<>(fields);
    changed.put(field, value);
    return changed;
  }
}
