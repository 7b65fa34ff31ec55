package dev.minilogin.application.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.application.testing.UnreadableKeys;
import dev.minilogin.application.wechat.CheckSessionKey.AccountGone;
import dev.minilogin.application.wechat.CheckSessionKey.Checked;
import dev.minilogin.application.wechat.CheckSessionKey.Failed;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckSessionKeyTest {
  private final Scene scene = new Scene();
  private final SessionKeys weChat = new SessionKeys(scene.app());
  private final CheckSessionKey checkSessionKey =
      new CheckSessionKey(
          scene.storage().miniPrograms(), scene.storage().identities(), weChat.authority());
  private final WeChatIdentity identity = weChat.login("alice");
  private final Logins.Recorded login = scene.login(scene.app(), identity);

  @Test
  void the_key_of_the_last_login_is_valid() {
    assertThat(checkSessionKey.execute(login.session())).isEqualTo(new Checked(true));
  }

  @Test
  void a_key_that_was_replaced_without_us_is_not_valid() {
    weChat.login("alice");
    assertThat(checkSessionKey.execute(login.session())).isEqualTo(new Checked(false));
  }

  @Test
  void the_newest_key_counts_whichever_session_asks() {
    scene.login(scene.app(), weChat.login("alice"));
    assertThat(checkSessionKey.execute(login.session())).isEqualTo(new Checked(true));
  }

  @Test
  void where_no_key_can_be_read_none_is_valid_and_nothing_is_asked() {
    CheckSessionKey keysLost =
        new CheckSessionKey(
            scene.storage().miniPrograms(),
            new UnreadableKeys(scene.storage().identities()),
            weChat.authority());
    assertThat(keysLost.execute(login.session())).isEqualTo(new Checked(false));
    assertThat(weChat.authority().calls()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_and_is_no_verdict_on_the_key(WeChatFailure failure) {
    weChat.authority().failNext(failure);
    assertThat(checkSessionKey.execute(login.session()))
        .isEqualTo(new Failed(failure, SessionKeys.retryAfter(failure)));
    assertThat(checkSessionKey.execute(login.session())).isEqualTo(new Checked(true));
  }

  @Test
  void of_an_account_that_is_gone_nothing_is_asked() {
    scene.erase(login.user().id());
    assertThat(checkSessionKey.execute(login.session())).isEqualTo(new AccountGone());
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void of_a_mini_program_that_is_gone_nothing_is_asked() {
    CheckSessionKey elsewhere =
        new CheckSessionKey(
            new InMemoryMiniPrograms(new InMemoryStorage()),
            scene.storage().identities(),
            weChat.authority());
    assertThat(elsewhere.execute(login.session())).isEqualTo(new AccountGone());
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void without_the_storage_nothing_is_asked() {
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> checkSessionKey.execute(login.session()));
    assertThat(weChat.authority().calls()).isZero();
  }
}
