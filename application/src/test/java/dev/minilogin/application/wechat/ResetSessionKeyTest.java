package dev.minilogin.application.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.application.testing.UnreadableKeys;
import dev.minilogin.application.wechat.ResetSessionKey.AccountGone;
import dev.minilogin.application.wechat.ResetSessionKey.Failed;
import dev.minilogin.application.wechat.ResetSessionKey.Reset;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResetSessionKeyTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final SessionKeys weChat = new SessionKeys(scene.app());
  private final ResetSessionKey resetSessionKey =
      new ResetSessionKey(
          storage.miniPrograms(), storage.identities(), weChat.authority(), scene.clock());
  private final CheckSessionKey checkSessionKey =
      new CheckSessionKey(storage.miniPrograms(), storage.identities(), weChat.authority());
  private final WeChatIdentity identity = weChat.login("alice");
  private final Logins.Recorded login = scene.login(scene.app(), identity);

  @Test
  void the_new_key_is_valid_and_the_old_one_is_kept_behind_it() {
    assertThat(resetSessionKey.execute(login.session())).isEqualTo(new Reset());
    List<SessionKey> keys = keys();
    assertThat(keys).hasSize(2);
    assertThat(keys.getFirst()).isNotEqualTo(identity.sessionKey());
    assertThat(keys.getLast()).isEqualTo(identity.sessionKey());
    assertThat(checkSessionKey.execute(login.session()))
        .isEqualTo(new CheckSessionKey.Checked(true));
  }

  @Test
  void a_key_is_reset_again_and_again() {
    for (int i = 0; i < 5; i++) {
      assertThat(resetSessionKey.execute(login.session())).isEqualTo(new Reset());
    }
    assertThat(keys()).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void a_key_that_was_replaced_without_us_cannot_be_reset() {
    weChat.login("alice");
    assertThat(resetSessionKey.execute(login.session()))
        .isEqualTo(new Failed(WeChatFailure.SESSION_KEY_STALE, Optional.empty()));
    assertThat(keys()).containsExactly(identity.sessionKey());
  }

  @Test
  void where_no_key_can_be_read_none_is_reset_and_the_client_must_log_in() {
    ResetSessionKey keysLost =
        new ResetSessionKey(
            storage.miniPrograms(),
            new UnreadableKeys(storage.identities()),
            weChat.authority(),
            scene.clock());
    assertThat(keysLost.execute(login.session()))
        .isEqualTo(new Failed(WeChatFailure.SESSION_KEY_STALE, Optional.empty()));
    assertThat(weChat.authority().calls()).isZero();
    assertThat(keys()).containsExactly(identity.sessionKey());
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_and_the_old_key_stays(WeChatFailure failure) {
    weChat.authority().failNext(failure);
    assertThat(resetSessionKey.execute(login.session()))
        .isEqualTo(new Failed(failure, SessionKeys.retryAfter(failure)));
    assertThat(keys()).containsExactly(identity.sessionKey());
  }

  @Test
  void of_an_account_that_is_gone_nothing_is_reset() {
    scene.erase(login.user().id());
    assertThat(resetSessionKey.execute(login.session())).isEqualTo(new AccountGone());
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void an_account_that_goes_while_wechat_is_asked_gets_no_key() {
    weChat.authority().hold();
    InBackground<ResetSessionKey.Result> reset =
        InBackground.start(() -> resetSessionKey.execute(login.session()));
    reset.untilItWaits();
    scene.erase(login.user().id());
    weChat.authority().letGo();
    assertThat(reset.result()).isEqualTo(new AccountGone());
    assertThat(storage.identities().find(scene.app().appId(), identity.openId())).isEmpty();
  }

  @Test
  void in_a_mini_program_that_is_gone_nothing_is_reset() {
    ResetSessionKey elsewhere =
        new ResetSessionKey(
            new InMemoryMiniPrograms(new InMemoryStorage()),
            storage.identities(),
            weChat.authority(),
            scene.clock());
    assertThat(elsewhere.execute(login.session())).isEqualTo(new AccountGone());
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void without_the_storage_nothing_is_reset() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> resetSessionKey.execute(login.session()));
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void a_new_key_that_cannot_be_kept_is_repaired_by_the_next_login() {
    Outage outage = new Outage(1, Outage.Beginning.BEFORE_THE_CALL);
    ResetSessionKey cutOff =
        new ResetSessionKey(
            storage.miniPrograms(),
            outage.through(Identities.class, storage.identities()),
            weChat.authority(),
            scene.clock());
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> cutOff.execute(login.session()));
    assertThat(checkSessionKey.execute(login.session()))
        .isEqualTo(new CheckSessionKey.Checked(false));
    scene.login(scene.app(), weChat.login("alice"));
    assertThat(checkSessionKey.execute(login.session()))
        .isEqualTo(new CheckSessionKey.Checked(true));
  }

  private List<SessionKey> keys() {
    return storage
        .identities()
        .find(scene.app().appId(), identity.openId())
        .map(Identity::sessionKeys)
        .orElseThrow();
  }
}
