package dev.minilogin.application.account;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.account.ExportAccount.AccountGone;
import dev.minilogin.application.account.ExportAccount.CodeLost;
import dev.minilogin.application.account.ExportAccount.CodeSentBefore;
import dev.minilogin.application.account.ExportAccount.Command;
import dev.minilogin.application.account.ExportAccount.ExchangeFailed;
import dev.minilogin.application.account.ExportAccount.Exported;
import dev.minilogin.application.account.ExportAccount.Result;
import dev.minilogin.application.account.ExportAccount.SomebodyElsesCode;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportAccountTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final ExportAccount exportAccount = exportAccount(storage.accounts());
  private Recorded alice;

  @BeforeEach
  void alice_is_logged_in() {
    alice = logIn("alice");
  }

  @Test
  void without_a_code_the_phone_number_is_not_to_be_shown() {
    Exported exported = (Exported) export(Optional.empty());
    assertThat(exported.phoneShown()).isFalse();
    assertThat(exported.at()).isEqualTo(NOW);
    assertThat(exported.data()).isEqualTo(storage.accounts().dataOf(alice.user().id()).get());
    assertThat(weChat.exchanges()).as("the login's").isEqualTo(1);
  }

  @Test
  void with_a_fresh_code_it_is_and_the_newest_session_key_is_kept() {
    Exported exported = (Exported) export(Optional.of(codeOf("alice")));
    assertThat(exported.phoneShown()).isTrue();
    SessionKey newest =
        weChat.sessionKeyOf(scene.app(), weChat.openIdOf("alice", scene.app())).orElseThrow();
    assertThat(
            storage
                .identities()
                .find(alice.user().id(), scene.app().appId())
                .orElseThrow()
                .newestSessionKey())
        .contains(newest);
  }

  @Test
  void an_export_is_noted_with_whether_the_number_was_in_it() {
    export(Optional.empty());
    scene.clock().advance(Duration.ofMillis(1));
    export(Optional.of(codeOf("alice")));
    assertThat(events())
        .filteredOn(event -> event.kind() == AuditEvent.Kind.ACCOUNT_EXPORTED)
        .extracting(event -> event.details().get("phone"))
        .containsExactly("masked", "shown");
  }

  @Test
  void all_that_the_audit_log_says_of_the_user_is_in_it_however_much_that_is() {
    for (int i = 0; i < 1000; i++) {
      storage
          .auditLog()
          .append(
              AuditEvent.of(AuditEvent.Kind.LOGIN, Actor.USER, NOW.plusMillis(i / 3))
                  .withUser(alice.user().id()));
    }
    storage.auditLog().append(AuditEvent.of(AuditEvent.Kind.KEY_ROTATED, Actor.SYSTEM, NOW));
    List<AuditEvent> before = events();
    assertThat(((Exported) export(Optional.empty())).events()).isEqualTo(before);
    assertThat(before.size()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void another_persons_code_a_used_one_and_a_failure_give_nothing() {
    logIn("bob");
    assertThat(export(Optional.of(codeOf("bob")))).isEqualTo(new SomebodyElsesCode());
    LoginCode code = codeOf("alice");
    assertThat(export(Optional.of(code))).isInstanceOf(Exported.class);
    assertThat(export(Optional.of(code))).isEqualTo(new CodeSentBefore());
    weChat.failNext(WeChatFailure.CODE_INVALID);
    assertThat(export(Optional.of(codeOf("alice"))))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  @Test
  void of_an_account_that_is_gone_there_is_no_copy() {
    scene.erase(alice.user().id());
    assertThat(export(Optional.empty())).isEqualTo(new AccountGone());
    assertThat(export(Optional.of(codeOf("alice")))).isEqualTo(new AccountGone());
  }

  @Test
  void without_the_storage_there_is_no_copy() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> export(Optional.empty()));
    storage.comeBack();
    Outage outage = new Outage(0, Outage.Beginning.BEFORE_THE_CALL);
    ExportAccount cutOff = exportAccount(outage.through(Accounts.class, storage.accounts()));
    assertThat(cutOff.execute(new Command(alice.session(), Optional.of(codeOf("alice")))))
        .isInstanceOf(CodeLost.class);
  }

  private ExportAccount exportAccount(Accounts accounts) {
    return new ExportAccount(
        storage.miniPrograms(),
        weChat,
        storage.logins(),
        storage.identities(),
        storage.users(),
        accounts,
        storage.auditLog(),
        scene.clock());
  }

  private Result export(Optional<LoginCode> code) {
    return exportAccount.execute(new Command(alice.session(), code));
  }

  private LoginCode codeOf(String person) {
    return weChat.codeFor(person, scene.app());
  }

  private Recorded logIn(String person) {
    return scene.login(scene.app(), Replies.given(weChat.exchange(scene.app(), codeOf(person))));
  }

  private List<AuditEvent> events() {
    return storage
        .auditLog()
        .about(alice.user().id(), Instant.EPOCH, Optional.empty(), 5000)
        .stream()
        .map(AuditEntry::event)
        .toList();
  }
}
