package dev.minilogin.application.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.application.testing.UnreadableKeys;
import dev.minilogin.application.user.OpenMessage.AccountGone;
import dev.minilogin.application.user.OpenMessage.Command;
import dev.minilogin.application.user.OpenMessage.Failed;
import dev.minilogin.application.user.OpenMessage.NoAttemptsLeft;
import dev.minilogin.application.user.OpenMessage.Opened;
import dev.minilogin.application.user.OpenMessage.Refused;
import dev.minilogin.application.user.OpenMessage.Result;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryOpenData;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMessageTest {
  private static final String TEXT = "{\"amount\":1,\"to\":\"张三\"}";

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final SessionKeys weChat = new SessionKeys(scene.app());
  private final InMemoryOpenData openData = new InMemoryOpenData();
  private final OpenMessage openMessage = openMessage(storage.identities(), weChat.authority());
  private final WeChatIdentity alice = weChat.login("alice");
  private final Logins.Recorded login = scene.login(scene.app(), alice);
  private final EncryptKey key = weChat.authority().encryptKeyOf(scene.app(), alice.openId());

  @Test
  void a_message_of_the_users_phone_is_opened() {
    assertThat(open(key.version(), openData.encrypt(key, TEXT))).isEqualTo(new Opened(TEXT));
  }

  @Test
  void what_a_message_says_is_not_printed() {
    assertThat(open(key.version(), openData.encrypt(key, TEXT)).toString()).doesNotContain("张三");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1, 100})
  void a_message_of_another_version_is_refused(long difference) {
    assertThat(open(key.version() + difference, openData.encrypt(key, TEXT)))
        .isEqualTo(new Refused());
  }

  @Test
  void a_message_under_a_key_that_has_ended_is_refused() {
    String message = openData.encrypt(key, TEXT);
    weChat.authority().endEncryptKeys();
    assertThat(open(key.version(), message)).isEqualTo(new Refused());
    EncryptKey next = weChat.authority().encryptKeyOf(scene.app(), alice.openId());
    assertThat(next.version()).isNotEqualTo(key.version());
    assertThat(open(next.version(), openData.encrypt(next, TEXT))).isEqualTo(new Opened(TEXT));
    assertThat(open(next.version(), message)).isEqualTo(new Refused());
  }

  @Test
  void a_message_of_another_person_is_refused() {
    WeChatIdentity bob = weChat.login("bob");
    scene.login(scene.app(), bob);
    EncryptKey bobs = weChat.authority().encryptKeyOf(scene.app(), bob.openId());
    assertThat(open(bobs.version(), openData.encrypt(bobs, TEXT))).isEqualTo(new Refused());
  }

  @Test
  void what_is_no_message_is_refused() {
    assertThat(open(key.version(), "")).isEqualTo(new Refused());
    assertThat(open(key.version(), "!")).isEqualTo(new Refused());
    assertThat(open(key.version(), "AAAA")).isEqualTo(new Refused());
  }

  // How often one may try

  @Test
  void a_session_that_has_failed_too_often_is_locked_even_for_a_good_message() {
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(open(key.version(), "AAAA")).isEqualTo(new Refused());
    }
    assertThat(open(key.version(), "AAAA")).isEqualTo(new NoAttemptsLeft());
    assertThat(open(key.version(), openData.encrypt(key, TEXT))).isEqualTo(new NoAttemptsLeft());
    assertThat(weChat.authority().calls()).isEqualTo(Sessions.OPEN_DATA_ATTEMPTS);
  }

  @Test
  void what_is_opened_uses_no_attempt_up() {
    String message = openData.encrypt(key, TEXT);
    for (int i = 0; i < 3 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(open(key.version(), message)).isEqualTo(new Opened(TEXT));
    }
  }

  @Test
  void attempts_at_once_are_not_more_than_there_are() {
    List<Result> results = AtOnce.run(50, _ -> open(key.version(), "AAAA"));
    assertThat(results).filteredOn(new Refused()::equals).hasSize(Sessions.OPEN_DATA_ATTEMPTS);
    assertThat(weChat.authority().calls()).isEqualTo(Sessions.OPEN_DATA_ATTEMPTS);
  }

  @Test
  void while_wechat_is_asked_the_attempt_counts() {
    String message = openData.encrypt(key, TEXT);
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS - 1; i++) {
      assertThat(open(key.version(), "AAAA")).isEqualTo(new Refused());
    }
    weChat.authority().hold();
    InBackground<Result> last =
        InBackground.start(() -> open(key.version(), message)).untilItWaits();
    assertThat(open(key.version(), message)).isEqualTo(new NoAttemptsLeft());
    weChat.authority().letGo();
    assertThat(last.result()).isEqualTo(new Opened(TEXT));
    assertThat(open(key.version(), message)).isEqualTo(new Opened(TEXT));
  }

  @ParameterizedTest
  @EnumSource
  void an_attempt_that_ends_with_an_exception_is_not_used_up(Outage.Beginning beginning) {
    String message = openData.encrypt(key, TEXT);
    OpenMessage cutOff =
        openMessage(
            storage.identities(),
            new Outage(0, beginning).through(SessionKeyAuthority.class, weChat.authority()));
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> cutOff.execute(new Command(login.session(), key.version(), message)));
    }
    assertThat(open(key.version(), message)).isEqualTo(new Opened(TEXT));
  }

  // WeChat's failures

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_and_uses_no_attempt_up(WeChatFailure failure) {
    String message = openData.encrypt(key, TEXT);
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      weChat.authority().failNext(failure);
      assertThat(open(key.version(), message))
          .isEqualTo(new Failed(failure, SessionKeys.retryAfter(failure)));
    }
    assertThat(open(key.version(), message)).isEqualTo(new Opened(TEXT));
  }

  @Test
  void with_a_session_key_that_was_replaced_without_us_wechat_gives_no_keys() {
    weChat.login("alice");
    assertThat(open(key.version(), openData.encrypt(key, TEXT)))
        .isEqualTo(new Failed(WeChatFailure.SESSION_KEY_STALE, Optional.empty()));
  }

  @Test
  void where_no_session_key_can_be_read_wechat_is_not_asked_and_no_attempt_used_up() {
    String message = openData.encrypt(key, TEXT);
    OpenMessage keysLost =
        openMessage(new UnreadableKeys(storage.identities()), weChat.authority());
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(keysLost.execute(new Command(login.session(), key.version(), message)))
          .isEqualTo(new Failed(WeChatFailure.SESSION_KEY_STALE, Optional.empty()));
    }
    assertThat(weChat.authority().calls()).isZero();
    assertThat(open(key.version(), message)).isEqualTo(new Opened(TEXT));
  }

  // Who is gone

  @Test
  void of_an_account_that_is_gone_nothing_is_opened() {
    scene.erase(login.user().id());
    assertThat(open(key.version(), openData.encrypt(key, TEXT))).isEqualTo(new AccountGone());
    assertThat(weChat.authority().calls()).isZero();
  }

  @Test
  void in_a_mini_program_that_is_gone_nothing_is_opened() {
    OpenMessage elsewhere =
        new OpenMessage(
            new InMemoryMiniPrograms(new InMemoryStorage()),
            storage.identities(),
            weChat.authority(),
            openData,
            storage.sessions());
    assertThat(
            elsewhere.execute(
                new Command(login.session(), key.version(), openData.encrypt(key, TEXT))))
        .isEqualTo(new AccountGone());
  }

  @Test
  void without_the_storage_nothing_is_opened() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> open(key.version(), openData.encrypt(key, TEXT)));
  }

  private OpenMessage openMessage(Identities identities, SessionKeyAuthority authority) {
    return new OpenMessage(
        storage.miniPrograms(), identities, authority, openData, storage.sessions());
  }

  private Result open(long version, String base64) {
    return openMessage.execute(new Command(login.session(), version, base64));
  }
}
