package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.domain.testing.AtOnce;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user tells of themselves: read, changed, and refused when it can't be right. */
@ExtendWith(Stage.Given.class)
class ProfileRoutesTest {
  private static final String FULL =
      Client.json(
          "nickname", "小明",
          "avatarUrl", "https://example.com/a.png",
          "gender", 2,
          "province", "广东",
          "city", "深圳",
          "country", "中国",
          "language", "zh_CN");

  private final Stage stage;
  private final String token;

  ProfileRoutesTest(Stage stage) {
    this.stage = stage;
    this.token = stage.newLogin().token();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "POST"})
  void all_fields_are_kept_and_shown_everywhere(String method) {
    Answer changed = change(method, FULL).has(200);

    JsonNode user = changed.json();
    assertThat(user.get("nickname").asText()).isEqualTo("小明");
    assertThat(user.get("avatarUrl").asText()).isEqualTo("https://example.com/a.png");
    assertThat(user.get("gender").asInt()).isEqualTo(2);
    assertThat(user.get("province").asText()).isEqualTo("广东");
    assertThat(user.get("city").asText()).isEqualTo("深圳");
    assertThat(user.get("country").asText()).isEqualTo("中国");
    assertThat(user.get("language").asText()).isEqualTo("zh_CN");
    assertThat(stage.client.me(token).has(200).json()).isEqualTo(user);
    assertThat(stage.client.check(token).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "POST"})
  void a_missing_field_stays_and_null_clears(String method) {
    change(method, FULL).has(200);

    JsonNode user = change(method, "{\"nickname\":null,\"gender\":null,\"city\":\"广州\"}").json();

    assertThat(user.get("nickname").isNull()).isTrue();
    assertThat(user.get("gender").asInt()).isZero();
    assertThat(user.get("city").asText()).isEqualTo("广州");
    assertThat(user.get("province").asText()).isEqualTo("广东");
    assertThat(stage.client.me(token).json()).isEqualTo(user);
  }

  @Test
  void an_empty_patch_changes_nothing() {
    JsonNode before = change("PATCH", FULL).json();
    stage.clock.advance(Duration.ofSeconds(1));

    assertThat(change("PATCH", "{}").has(200).json()).isEqualTo(before);
  }

  @Test
  void updated_at_moves_with_a_change_and_only_then() {
    JsonNode before = change("PATCH", FULL).json();
    stage.clock.advance(Duration.ofSeconds(1));
    JsonNode same = change("PATCH", FULL).json();
    JsonNode other = change("PATCH", Client.json("city", "珠海")).json();

    assertThat(same.get("updatedAt")).isEqualTo(before.get("updatedAt"));
    assertThat(other.get("updatedAt").asText()).isEqualTo(stage.clock.instant().toString());
    assertThat(other.get("createdAt")).isEqualTo(before.get("createdAt"));
  }

  @Test
  void placeholders_never_replace_what_is_known() {
    JsonNode known = change("PATCH", FULL).json();
    String grey =
        "https://thirdwx.qlogo.cn/mmopen/vi_32/"
            + "POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg"
            + "/132";

    Answer answer =
        change(
            "PATCH",
            Client.json(
                "nickname", "微信用户",
                "avatarUrl", grey,
                "gender", 0,
                "province", "",
                "city", " ",
                "country", "",
                "language", ""));

    assertThat(answer.has(200).json()).isEqualTo(known);
  }

  @Test
  void placeholders_are_not_kept_where_nothing_is_known() {
    JsonNode user = change("PATCH", Client.json("nickname", "微信用户", "city", "")).json();

    assertThat(user.get("nickname").isNull()).isTrue();
    assertThat(user.get("city").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "😀👨‍👩‍👧‍👦🏳️‍🌈",
        "𠮷野家",
        "𪚥𪚥",
        "Zoë's “quote” \\ / <b>&amp;",
        "مرحبا",
        "e\u0301",
        " middle  spaces ok"
      })
  void any_script_is_kept_to_the_letter(String nickname) {
    change("PATCH", Client.json("nickname", nickname)).has(200);

    assertThat(stage.client.me(token).text("nickname")).isEqualTo(nickname);
  }

  @Test
  void lengths_count_characters_and_not_code_units() {
    String emojis = "😀".repeat(32);

    change("PATCH", Client.json("nickname", emojis)).has(200);

    assertThat(stage.client.me(token).text("nickname")).isEqualTo(emojis);
    refused(Client.json("nickname", emojis + "😀"), "nickname");
  }

  @ParameterizedTest
  @CsvSource({"nickname, 32", "province, 64", "city, 64", "country, 64", "language, 16"})
  void a_text_may_be_as_long_as_its_field_and_no_longer(String field, int longest) {
    change("PATCH", Client.json(field, "长".repeat(longest))).has(200);
    refused(Client.json(field, "长".repeat(longest + 1)), field);
  }

  @Test
  void an_avatar_url_may_have_512_characters_and_no_more() {
    String url = "https://example.com/" + "a".repeat(492);
    change("PATCH", Client.json("avatarUrl", url)).has(200);
    refused(Client.json("avatarUrl", url + "a"), "avatarUrl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/a.png",
        "javascript:alert(1)",
        "data:image/png;base64,AAAA",
        "/a.png",
        "https://",
        "https://user:password@example.com/a.png",
        "https://exa mple.com/",
        "wxfile://tmp_0123.png"
      })
  void an_avatar_url_must_be_https_and_somewhere(String url) {
    refused(Client.json("avatarUrl", url), "avatarUrl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3",
        "-1",
        "1.5",
        "10",
        "99999999999999999999",
        "\"1\"",
        "true",
        "{}",
        "[1]",
        "1e400"
      })
  void a_gender_must_be_0_1_or_2(String gender) {
    refused("{\"gender\":" + gender + "}", "gender");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "{}", "[\"a\"]", "1.5"})
  void a_text_must_be_a_text(String value) {
    refused("{\"nickname\":" + value + "}", "nickname");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\nb", "a\u007fb", "a\u0085b"})
  void control_characters_are_refused(String nickname) {
    refused(Client.json("nickname", nickname), "nickname");
  }

  @Test
  void a_lone_surrogate_is_refused() {
    refused("{\"nickname\":\"a\\ud83d\"}", "nickname");
    refused("{\"nickname\":\"\\ude00a\"}", "nickname");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nickName", "phone", "id", "createdAt", "__proto__", ""})
  void a_field_that_no_profile_has_is_refused_and_nothing_written(String field) {
    refused(Client.json("city", "上海", field, "x"), "body");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_and_nothing_written() {
    String body =
        Client.json(
            "nickname",
            "长".repeat(33),
            "avatarUrl",
            "http://example.com",
            "gender",
            7,
            "province",
            "浙江",
            "unknown",
            1);

    Answer answer = change("PATCH", body).isProblem(400, "invalid-request");

    assertThat(answer.fieldsInError())
        .containsExactlyInAnyOrder("nickname", "avatarUrl", "gender", "body");
    assertThat(stage.client.me(token).text("province")).isNull();
  }

  @Test
  void many_unknown_fields_do_not_make_the_answer_long() {
    StringBuilder body = new StringBuilder("{\"x0\":0");
    for (int i = 1; i < 3000; i++) {
      body.append(",\"x").append(i).append("\":0");
    }

    Answer answer = change("PATCH", body + "}").isProblem(400, "invalid-request");

    assertThat(answer.bytes().length).isLessThan(16_384);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "1", "true", "null"})
  void a_body_that_is_no_object_is_refused(String body) {
    for (String method : List.of("PATCH", "POST")) {
      assertThat(change(method, body).isProblem(400, "invalid-request").fieldsInError())
          .containsExactly("body");
    }
  }

  @Test
  void a_merge_patch_may_say_that_it_is_one() {
    assertThat(patchAs("application/merge-patch+json").has(200).text("city")).isEqualTo("上海");
    assertThat(patchAs("application/json; charset=utf-8").has(200).text("city")).isEqualTo("上海");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded"})
  void a_patch_of_another_type_is_refused(String type) {
    patchAs(type).isProblem(415, "unsupported-media-type");
  }

  @Test
  void nobody_changes_a_profile_without_a_session() {
    for (String method : List.of("PATCH", "POST")) {
      stage
          .client
          .send(
              stage
                  .client
                  .to("/v1/me")
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(FULL)))
          .isProblem(401, "token-missing");
    }
    stage.client.get("/v1/me").isProblem(401, "token-missing");
  }

  @Test
  void a_profile_is_its_owners_alone() {
    change("PATCH", FULL).has(200);
    Answer other = stage.newLogin();

    assertThat(stage.client.me(other.token()).text("nickname")).isNull();
  }

  @Test
  void changes_of_different_fields_at_once_all_arrive() {
    Map<String, String> changes =
        Map.of(
            "nickname", "同时",
            "province", "四川",
            "city", "成都",
            "country", "中国",
            "language", "zh_CN");
    List<String> fields = List.copyOf(changes.keySet());

    AtOnce.run(
        fields.size(),
        i -> change("PATCH", Client.json(fields.get(i), changes.get(fields.get(i)))).has(200));

    Answer me = stage.client.me(token);
    changes.forEach((field, value) -> assertThat(me.text(field)).as(field).isEqualTo(value));
  }

  private Answer change(String method, String body) {
    return method.equals("PATCH")
        ? stage.client.patchMe(token, body)
        : stage.client.postMe(token, body);
  }

  private Answer patchAs(String contentType) {
    return stage.client.send(
        stage
            .client
            .as(token, "/v1/me")
            .header("Content-Type", contentType)
            .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"city\":\"上海\"}")));
  }

  /** Sees a change refused because of one field, by both methods, and nothing of it written. */
  private void refused(String body, String field) {
    JsonNode before = stage.client.me(token).has(200).json();
    for (String method : List.of("PATCH", "POST")) {
      Answer answer = change(method, body).isProblem(400, "invalid-request");
      assertThat(answer.fieldsInError()).containsExactly(field);
    }
    assertThat(stage.client.me(token).json()).isEqualTo(before);
  }
}
