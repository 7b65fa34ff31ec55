package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.OTHER_APP;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionKeyTest extends SimulatorFixture {

  @Test
  void logins_in_quick_succession_keep_the_key() {
    String first = keyAfterLogin();

    wechat.advance(Duration.ofSeconds(59));

    assertThat(keyAfterLogin()).isEqualTo(first);
  }

  @Test
  void a_login_after_the_period_changes_the_key() {
    String first = keyAfterLogin();

    wechat.advance(Duration.ofSeconds(60));

    assertThat(keyAfterLogin()).isNotEqualTo(first);
  }

  @Test
  void the_period_counts_from_the_change_not_from_the_last_login() {
    String first = keyAfterLogin();
    wechat.advance(Duration.ofSeconds(40));
    assertThat(keyAfterLogin()).isEqualTo(first);

    wechat.advance(Duration.ofSeconds(40));

    assertThat(keyAfterLogin()).isNotEqualTo(first);
  }

  @Test
  void the_period_can_be_set() {
    wechat.settings(wechat.settings().withSessionKeyMinPeriod(Duration.ZERO));

    assertThat(keyAfterLogin()).isNotEqualTo(keyAfterLogin());
  }

  @Test
  void a_code_gives_the_key_that_is_valid_when_it_is_exchanged() {
    wechat.settings(wechat.settings().withSessionKeyMinPeriod(Duration.ZERO));
    String older = wechat.issueCode(APP, "alice");
    wechat.issueCode(APP, "alice");

    String key = json(probe.get(exchange(older))).path("session_key").asText();

    assertThat(wechat.sessionKey(APP, "alice")).contains(key);
  }

  @Test
  void an_expired_key_is_replaced_by_the_next_login_at_once() {
    String first = keyAfterLogin();

    assertThat(wechat.expireSessionKey(APP, "alice")).isTrue();

    assertThat(wechat.sessionKey(APP, "alice")).isEmpty();
    assertThat(wechat.expireSessionKey(APP, "alice")).isFalse();
    assertThat(keyAfterLogin()).isNotEqualTo(first);
  }

  @Test
  void a_code_that_outlives_its_key_makes_a_new_one() {
    String code = wechat.issueCode(APP, "alice");
    wechat.expireSessionKey(APP, "alice");

    String key = json(probe.get(exchange(code))).path("session_key").asText();

    assertThat(Optional.of(key)).isEqualTo(wechat.sessionKey(APP, "alice"));
  }

  @Test
  void keys_belong_to_one_user_in_one_app() {
    wechat.issueCode(APP, "alice");
    wechat.issueCode(OTHER_APP, "alice");
    wechat.issueCode(APP, "bob");

    assertThat(wechat.sessionKey(APP, "alice"))
        .isNotEqualTo(wechat.sessionKey(OTHER_APP, "alice"))
        .isNotEqualTo(wechat.sessionKey(APP, "bob"));
    wechat.expireSessionKey(APP, "alice");
    assertThat(wechat.sessionKey(OTHER_APP, "alice")).isPresent();
    assertThat(wechat.sessionKey(APP, "bob")).isPresent();
  }

  private String keyAfterLogin() {
    wechat.issueCode(APP, "alice");
    return wechat.sessionKey(APP, "alice").orElseThrow();
  }
}
