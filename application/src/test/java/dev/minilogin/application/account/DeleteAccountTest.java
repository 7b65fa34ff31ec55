package dev.minilogin.application.account;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.account.DeleteAccount.AccountGone;
import dev.minilogin.application.account.DeleteAccount.CodeSentBefore;
import dev.minilogin.application.account.DeleteAccount.Command;
import dev.minilogin.application.account.DeleteAccount.Deleted;
import dev.minilogin.application.account.DeleteAccount.ExchangeFailed;
import dev.minilogin.application.account.DeleteAccount.NotRecorded;
import dev.minilogin.application.account.DeleteAccount.Result;
import dev.minilogin.application.account.DeleteAccount.SomebodyElsesCode;
import dev.minilogin.application.account.DeleteAccount.UserSuspended;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.InMemoryWeChat;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteAccountTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final InMemoryWeChat weChat = new InMemoryWeChat();
  private final DeleteAccount deleteAccount =
      deleteAccount(storage.logins(), storage.identities(), storage.accounts());
  private Recorded alice;

  @BeforeEach
  void alice_is_logged_in() {
    alice = logIn("alice", scene.app());
    scene.show(alice.user().id(), ProfileField.NICKNAME, "Alice");
  }

  @Test
  void with_a_fresh_code_of_their_own_the_user_is_gone() {
    User before = scene.stored(alice.user().id());
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(delete(alice, codeOf("alice"))).isEqualTo(new Deleted());
    assertThat(scene.stored(before.id())).isEqualTo(before.deleted(NOW.plusSeconds(60)));
    assertThat(end(alice)).contains(EndReason.ACCOUNT_DELETED);
    assertThat(weChat.exchanges()).as("the login's, and one").isEqualTo(2);
  }

  @Test
  void a_code_deletes_and_opens_no_session() {
    LoginCode code = codeOf("alice");
    delete(alice, code);
    assertThat(storage.logins().claim(LoginClaim.of(scene.app().appId(), code), NOW)).isFalse();
    assertThat(
            storage
                .logins()
                .outcome(
                    LoginClaim.of(scene.app().appId(), code),
                    Sample.resendKey(),
                    NOW,
                    Duration.ZERO))
        .isEqualTo(new Logins.Outcome.Failed(WeChatFailure.CODE_USED));
  }

  @Test
  void a_later_login_makes_a_new_user_whom_the_old_session_can_not_delete() {
    delete(alice, codeOf("alice"));
    Recorded again = logIn("alice", scene.app());
    assertThat(again.newUser()).isTrue();
    assertThat(delete(alice, codeOf("alice"))).isEqualTo(new AccountGone());
    assertThat(scene.stored(again.user().id()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  void another_persons_fresh_code_deletes_nobody_and_is_used_up() {
    Recorded bob = logIn("bob", scene.app());
    User aliceBefore = scene.stored(alice.user().id());
    User bobBefore = scene.stored(bob.user().id());
    LoginCode code = codeOf("bob");
    assertThat(delete(alice, code)).isEqualTo(new SomebodyElsesCode());
    assertThat(delete(bob, code)).isEqualTo(new CodeSentBefore());
    assertThat(delete(alice, codeOf("carol, who never logged in")))
        .isEqualTo(new SomebodyElsesCode());
    assertThat(scene.stored(alice.user().id())).isEqualTo(aliceBefore);
    assertThat(scene.stored(bob.user().id())).isEqualTo(bobBefore);
    assertThat(end(alice)).isEmpty();
  }

  @Test
  void a_code_of_the_same_person_in_another_mini_program_is_no_code_here() {
    MiniProgram other = Sample.miniProgram();
    storage.miniPrograms().save(other);
    assertThat(delete(alice, weChat.codeFor("alice", other)))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
    assertThat(end(alice)).isEmpty();
  }

  @Test
  void the_code_that_a_login_has_used_deletes_nothing() {
    LoginCode code = codeOf("alice");
    storage.logins().claim(LoginClaim.of(scene.app().appId(), code), NOW);
    int before = weChat.exchanges();
    assertThat(delete(alice, code)).isEqualTo(new CodeSentBefore());
    assertThat(weChat.exchanges()).isEqualTo(before);
    assertThat(end(alice)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void while_wechat_vouches_for_nobody_nothing_is_deleted(WeChatFailure failure) {
    LoginCode code = codeOf("alice");
    weChat.failNext(failure);
    assertThat(delete(alice, code))
        .isEqualTo(new ExchangeFailed(failure, SessionKeys.retryAfter(failure)));
    assertThat(end(alice)).isEmpty();
    assertThat(scene.shown(alice.user().id(), ProfileField.NICKNAME)).contains("Alice");
    assertThat(delete(alice, code))
        .isEqualTo(failure.codeSpent() ? new CodeSentBefore() : new Deleted());
  }

  @Test
  void who_is_suspended_stays_also_with_a_code() {
    storage.accounts().suspend(alice.user().id(), Actor.operator("ops"), NOW);
    assertThat(delete(alice, codeOf("alice"))).isEqualTo(new UserSuspended());
    assertThat(scene.stored(alice.user().id()).status()).isEqualTo(User.Status.SUSPENDED);
  }

  @Test
  void of_many_at_once_with_one_code_one_deletes_and_asks_wechat() {
    int before = weChat.exchanges();
    LoginCode code = codeOf("alice");
    List<Result> results = AtOnce.run(10, _ -> delete(alice, code));
    assertThat(results).containsOnlyOnce(new Deleted());
    assertThat(results).filteredOn(new CodeSentBefore()::equals).hasSize(9);
    assertThat(weChat.exchanges()).isEqualTo(before + 1);
  }

  @Test
  void of_two_at_once_with_a_code_each_one_deletes_and_the_other_is_told_that_it_is_done() {
    List<LoginCode> codes = List.of(codeOf("alice"), codeOf("alice"));
    assertThat(AtOnce.run(2, i -> delete(alice, codes.get(i))))
        .containsExactlyInAnyOrder(new Deleted(), new AccountGone());
  }

  @Test
  void the_identities_in_all_mini_programs_go() {
    MiniProgram sister = Sample.miniProgram();
    storage.miniPrograms().save(sister);
    weChat.bind(scene.app(), "platform");
    weChat.bind(sister, "platform");
    Recorded here = logIn("dora", scene.app());
    Recorded there = logIn("dora", sister);
    assertThat(there.user().id()).isEqualTo(here.user().id());
    assertThat(delete(there, weChat.codeFor("dora", sister))).isEqualTo(new Deleted());
    assertThat(end(here)).contains(EndReason.ACCOUNT_DELETED);
    assertThat(storage.identities().find(scene.app().appId(), weChat.openIdOf("dora", scene.app())))
        .isEmpty();
  }

  @Test
  void without_the_storage_the_code_is_as_good_as_before() {
    LoginCode code = codeOf("alice");
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> delete(alice, code));
    storage.comeBack();
    assertThat(delete(alice, code)).isEqualTo(new Deleted());
  }

  /** The calls: the claim; then its end, the identity, its session_key, the erasure. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void once_the_code_is_used_an_outage_is_told_as_such(int callsBefore) {
    Outage outage = new Outage(callsBefore, Outage.Beginning.BEFORE_THE_CALL);
    DeleteAccount cutOff =
        deleteAccount(
            outage.through(Logins.class, storage.logins()),
            outage.through(Identities.class, storage.identities()),
            outage.through(Accounts.class, storage.accounts()));
    assertThat(cutOff.execute(new Command(alice.session(), codeOf("alice"))))
        .isInstanceOf(NotRecorded.class);
    assertThat(outage.hasBegun()).isTrue();
    assertThat(end(alice)).isEmpty();
    assertThat(delete(alice, codeOf("alice"))).isEqualTo(new Deleted());
  }

  @Test
  void who_is_told_of_an_outage_after_the_erasure_learns_with_the_next_code_that_it_is_done() {
    Outage outage = new Outage(4, Outage.Beginning.AFTER_THE_CALL);
    DeleteAccount cutOff =
        deleteAccount(
            outage.through(Logins.class, storage.logins()),
            outage.through(Identities.class, storage.identities()),
            outage.through(Accounts.class, storage.accounts()));
    assertThat(cutOff.execute(new Command(alice.session(), codeOf("alice"))))
        .isInstanceOf(NotRecorded.class);
    assertThat(end(alice)).contains(EndReason.ACCOUNT_DELETED);
    assertThat(delete(alice, codeOf("alice"))).isEqualTo(new AccountGone());
  }

  @Test
  void operators_erase_suspend_and_reinstate_by_the_id() {
    Actor operator = Actor.operator("ops");
    SuspendUser suspend = new SuspendUser(storage.accounts(), scene.clock());
    ReinstateUser reinstate = new ReinstateUser(storage.accounts(), scene.clock());
    EraseUser erase = new EraseUser(storage.accounts(), scene.clock());
    UserId user = alice.user().id();
    assertThat(reinstate.execute(user, operator)).isFalse();
    assertThat(suspend.execute(user, operator)).isTrue();
    assertThat(suspend.execute(user, operator)).isFalse();
    assertThat(end(alice)).contains(EndReason.USER_SUSPENDED);
    assertThat(reinstate.execute(user, operator)).isTrue();
    assertThat(end(alice)).contains(EndReason.REVOKED);
    assertThat(suspend.execute(user, operator)).isTrue();
    assertThat(erase.execute(user, operator)).isTrue();
    assertThat(erase.execute(user, operator)).isFalse();
    assertThat(end(alice)).contains(EndReason.ACCOUNT_DELETED);
    UserId nobody = Sample.userId();
    assertThat(
            Stream.of(
                suspend.execute(nobody, operator),
                reinstate.execute(nobody, operator),
                erase.execute(nobody, operator)))
        .containsOnly(false);
  }

  private DeleteAccount deleteAccount(Logins logins, Identities identities, Accounts accounts) {
    return new DeleteAccount(
        storage.miniPrograms(),
        weChat,
        logins,
        identities,
        storage.users(),
        accounts,
        scene.clock());
  }

  private Result delete(Recorded login, LoginCode code) {
    return deleteAccount.execute(new Command(login.session(), code));
  }

  private LoginCode codeOf(String person) {
    return weChat.codeFor(person, scene.app());
  }

  private Recorded logIn(String person, MiniProgram app) {
    return scene.login(app, Replies.given(weChat.exchange(app, weChat.codeFor(person, app))));
  }

  private Optional<EndReason> end(Recorded login) {
    return storage
        .sessions()
        .find(login.token())
        .orElseThrow()
        .session()
        .endedAt(scene.clock().instant(), scene.stored(login.user().id()).standing());
  }
}
