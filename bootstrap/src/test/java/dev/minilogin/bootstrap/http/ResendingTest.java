package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.simulator.platform.Api;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A login whose answer was lost can be sent again; a code that somebody else has can't. */
@ExtendWith(Stage.Given.class)
class ResendingTest {
  private static final String KEY = "8f14e45f-ceea-467f-a1d6-4b1f1c2b3a4d";

  private final Stage stage;

  ResendingTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void the_same_code_and_key_give_the_same_answer() {
    String code = stage.weChat.code(Stage.APP);
    Answer first = stage.client.logIn(Stage.APP, code, KEY).has(201);

    Answer again = stage.client.logIn(Stage.APP, code, KEY).has(201);

    assertThat(again.json()).isEqualTo(first.json());
    stage.client.check(again.token()).has(200);
  }

  @Test
  void a_later_answer_counts_the_lifetimes_from_then() {
    String code = stage.weChat.code(Stage.APP);
    Answer first = stage.client.logIn(Stage.APP, code, KEY).has(201);
    stage.clock.advance(Duration.ofSeconds(59));

    Answer again = stage.client.logIn(Stage.APP, code, KEY).has(201);

    assertThat(again.token()).isEqualTo(first.token());
    assertThat(again.json().get("expiresIn").asLong())
        .isEqualTo(first.json().get("expiresIn").asLong() - 59);
    assertThat(again.json().get("newUser").asBoolean()).isTrue();
  }

  @Test
  void another_key_gets_nothing() {
    String code = stage.weChat.code(Stage.APP);
    stage.client.logIn(Stage.APP, code, KEY).has(201);

    stage.client.logIn(Stage.APP, code, KEY + "x").isProblem(409, "code-used");
    stage.client.logIn(Stage.APP, code, KEY).has(201);
  }

  @Test
  void no_key_gets_nothing() {
    String code = stage.weChat.code(Stage.APP);
    stage.client.logIn(Stage.APP, code, KEY).has(201);

    Answer refused = stage.client.logIn(Stage.APP, code).isProblem(409, "code-used");

    assertThat(refused.text("action")).isEqualTo("new-code");
  }

  @Test
  void a_login_without_key_can_not_be_had_again_with_one() {
    String code = stage.weChat.code(Stage.APP);
    stage.client.logIn(Stage.APP, code).has(201);

    stage.client.logIn(Stage.APP, code, KEY).isProblem(409, "code-used");
  }

  @Test
  void the_key_belongs_to_its_code() {
    Answer one = stage.client.logIn(Stage.APP, stage.weChat.code(Stage.APP), KEY).has(201);
    Answer other = stage.client.logIn(Stage.APP, stage.weChat.code(Stage.APP), KEY).has(201);

    assertThat(other.token()).isNotEqualTo(one.token());
    assertThat(other.userId()).isNotEqualTo(one.userId());
  }

  @Test
  void the_answer_is_kept_for_a_minute() {
    String code = stage.weChat.code(Stage.APP);
    Answer first = stage.client.logIn(Stage.APP, code, KEY).has(201);
    stage.clock.advance(Duration.ofSeconds(60));
    assertThat(stage.client.logIn(Stage.APP, code, KEY).has(201).token()).isEqualTo(first.token());
    stage.clock.advance(Duration.ofMillis(1));

    stage.client.logIn(Stage.APP, code, KEY).isProblem(409, "code-used");
  }

  @Test
  void sending_again_does_not_revive_a_session_that_was_logged_out_of() {
    String code = stage.weChat.code(Stage.APP);
    Answer first = stage.client.logIn(Stage.APP, code, KEY).has(201);
    stage.client.logOut(first.token()).has(204);

    Answer again = stage.client.logIn(Stage.APP, code, KEY).has(201);

    assertThat(again.token()).isEqualTo(first.token());
    stage.client.check(again.token()).isProblem(401, "session-ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "A-Z.a~z_09"})
  void a_key_may_be_made_of_unreserved_characters(String key) {
    stage.client.logIn(Stage.APP, stage.weChat.code(Stage.APP), key).has(201);
  }

  @Test
  void a_key_may_have_128_characters() {
    stage.client.logIn(Stage.APP, stage.weChat.code(Stage.APP), "k".repeat(128)).has(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a,b", "a/b", "\"quoted\"", "ü"})
  void a_key_with_other_characters_is_refused_and_the_code_stays_good(String key) {
    String code = stage.weChat.code(Stage.APP);

    Answer refused = stage.client.logIn(Stage.APP, code, key).isProblem(400, "invalid-request");

    assertThat(refused.fieldsInError()).containsExactly("Idempotency-Key");
    stage.client.logIn(Stage.APP, code).has(201);
  }

  @Test
  void an_empty_or_too_long_key_is_refused() {
    for (String key : List.of("", "k".repeat(129))) {
      Answer refused =
          stage
              .client
              .logIn(Stage.APP, stage.weChat.code(Stage.APP), key)
              .isProblem(400, "invalid-request");
      assertThat(refused.fieldsInError()).containsExactly("Idempotency-Key");
    }
  }

  @Test
  void fifty_at_once_with_one_key_are_one_login() {
    String code = stage.weChat.code(Stage.APP);
    long calls = stage.simulator.calls(Api.JSCODE2SESSION);

    List<Answer> answers = AtOnce.run(50, i -> stage.client.logIn(Stage.APP, code, KEY));

    assertThat(answers).allSatisfy(answer -> answer.has(201));
    assertThat(answers.stream().map(Answer::token).distinct()).hasSize(1);
    assertThat(answers.stream().map(a -> a.text("sessionId")).distinct()).hasSize(1);
    assertThat(stage.simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls + 1);
  }

  @Test
  void fifty_at_once_without_key_are_one_login_and_49_refusals() {
    String code = stage.weChat.code(Stage.APP);
    long calls = stage.simulator.calls(Api.JSCODE2SESSION);

    List<Answer> answers = AtOnce.run(50, i -> stage.client.logIn(Stage.APP, code));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(49)
        .allSatisfy(answer -> answer.isProblem(409, "code-used"));
    assertThat(stage.simulator.calls(Api.JSCODE2SESSION)).isEqualTo(calls + 1);
  }

  @Test
  void sixteen_first_logins_at_once_make_one_user() {
    String person = WeChat.somebody();
    List<String> codes =
        IntStream.range(0, 16).mapToObj(i -> stage.weChat.code(Stage.APP, person)).toList();

    List<Answer> answers =
        AtOnce.run(16, i -> stage.client.logIn(Stage.APP, codes.get(i)).has(201));

    assertThat(answers.stream().map(Answer::userId).distinct()).hasSize(1);
    assertThat(answers.stream().map(Answer::token).distinct()).hasSize(16);
    assertThat(answers).filteredOn(a -> a.json().get("newUser").asBoolean()).hasSize(1);
  }

  @Test
  void first_logins_in_two_sister_apps_at_once_make_one_user() {
    String person = WeChat.somebody();
    List<String> apps = List.of(Stage.APP, Stage.SISTER_APP);
    List<String> codes =
        IntStream.range(0, 16).mapToObj(i -> stage.weChat.code(apps.get(i % 2), person)).toList();

    List<Answer> answers =
        AtOnce.run(16, i -> stage.client.logIn(apps.get(i % 2), codes.get(i)).has(201));

    assertThat(answers.stream().map(Answer::userId).distinct()).hasSize(1);
  }
}
