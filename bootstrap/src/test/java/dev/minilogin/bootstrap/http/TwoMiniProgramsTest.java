package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several mini programs on one server. */
@ExtendWith(Stage.Given.class)
class TwoMiniProgramsTest {
  private final Stage stage;

  TwoMiniProgramsTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void a_person_is_one_user_in_all_apps_of_one_open_platform_account() {
    String person = WeChat.somebody();
    Answer here = stage.logIn(Stage.APP, person);
    Answer there = stage.logIn(Stage.SISTER_APP, person);

    assertThat(there.userId()).isEqualTo(here.userId());
    assertThat(there.json().get("newUser").asBoolean()).isFalse();
    assertThat(stage.client.check(here.token()).text("appId")).isEqualTo(Stage.APP);
    assertThat(stage.client.check(there.token()).text("appId")).isEqualTo(Stage.SISTER_APP);
  }

  @Test
  void a_profile_is_the_same_in_sister_apps() {
    String person = WeChat.somebody();
    String here = stage.logIn(Stage.APP, person).token();
    stage.client.patchMe(here, Client.json("nickname", "小明")).has(200);

    Answer there = stage.logIn(Stage.SISTER_APP, person);

    assertThat(there.user().get("nickname").asText()).isEqualTo("小明");
  }

  @Test
  void logging_out_of_one_app_leaves_the_other_alone() {
    String person = WeChat.somebody();
    String here = stage.logIn(Stage.APP, person).token();
    String there = stage.logIn(Stage.SISTER_APP, person).token();

    stage.client.logOut(here).has(204);

    stage.client.check(here).has(401);
    stage.client.check(there).has(200);
  }

  @Test
  void a_person_is_two_users_in_apps_that_nothing_binds() {
    String person = WeChat.somebody();
    Answer here = stage.logIn(Stage.LONE_APP, person);
    Answer there = stage.logIn(Stage.OTHER_LONE_APP, person);

    assertThat(there.userId()).isNotEqualTo(here.userId());
    assertThat(there.json().get("newUser").asBoolean()).isTrue();
  }

  @Test
  void two_people_are_two_users() {
    assertThat(stage.newLogin().userId()).isNotEqualTo(stage.newLogin().userId());
  }
}
