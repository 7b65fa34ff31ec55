package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What {@link Retention} promises. All that is purged here is of a time long ago, which no other
 * test uses: they share the storage.
 */
public interface RetentionContract extends StorageContract {
  Instant LONG_AGO = Instant.parse("2001-03-01T10:20:30.123Z");
  Instant END = LONG_AGO.plus(Duration.ofDays(3650));

  @BeforeEach
  default void purge_what_earlier_tests_left() {
    for (Expiry what : Expiry.values()) {
      while (retention().purge(what, END, 1000) > 0) {}
    }
  }

  @Test
  default void a_session_goes_once_the_moment_of_its_last_possible_use_is_long_past() {
    MiniProgram app = newMiniProgram();
    Recorded old = loginAt(app, LONG_AGO);
    Recorded slid = loginAt(app, LONG_AGO);
    Instant later = LONG_AGO.plusSeconds(3600);
    assertThat(
            storage()
                .sessions()
                .slide(slid.session(), slid.session().usedAt(later, app.lifetimes())))
        .isTrue();
    Recorded ended = loginAt(app, LONG_AGO);
    storage()
        .sessions()
        .end(ended.user().id(), ended.session().id(), LONG_AGO, EndReason.SIGNED_OUT);
    Recorded young = loginAt(app, END.plusSeconds(1));
    Instant end = old.session().idleExpiresAt();

    assertThat(retention().purge(Expiry.SESSIONS, end, 10)).isZero();
    assertThat(found(ended).session().ending()).isPresent();
    assertThat(retention().purge(Expiry.SESSIONS, end.plusMillis(1), 10)).isEqualTo(2);
    assertThat(storage().sessions().find(old.token())).isEmpty();
    assertThat(storage().sessions().find(ended.token())).isEmpty();
    assertThat(found(slid).session().idleExpiresAt()).isEqualTo(end.plusSeconds(3600));
    assertThat(retention().purge(Expiry.SESSIONS, end.plusSeconds(3601), 10)).isEqualTo(1);
    assertThat(found(young).session()).isEqualTo(young.session());
    assertThat(stored(old.user().id())).isEqualTo(old.user());
  }

  @Test
  default void a_session_that_is_purged_can_not_be_used_or_ended() {
    MiniProgram app = newMiniProgram();
    Session session = loginAt(app, LONG_AGO).session();
    retention().purge(Expiry.SESSIONS, END, 10);
    assertThat(
            storage()
                .sessions()
                .slide(session, session.usedAt(LONG_AGO.plusSeconds(1), app.lifetimes())))
        .isFalse();
    assertThat(
            storage().sessions().end(session.userId(), session.id(), LONG_AGO, EndReason.REVOKED))
        .isFalse();
  }

  @Test
  default void the_oldest_go_first_and_no_more_than_were_asked_for() {
    MiniProgram app = newMiniProgram();
    List<Recorded> logins =
        IntStream.range(0, 5).mapToObj(i -> loginAt(app, LONG_AGO.plusSeconds(4 - i))).toList();
    assertThat(retention().purge(Expiry.SESSIONS, END, 2)).isEqualTo(2);
    assertThat(logins.stream().map(login -> storage().sessions().find(login.token()).isPresent()))
        .containsExactly(true, true, true, false, false);
    assertThat(retention().purge(Expiry.SESSIONS, END, 10)).isEqualTo(3);
    assertThat(retention().purge(Expiry.SESSIONS, END, 10)).isZero();
  }

  @Test
  default void a_claim_goes_with_what_became_of_it() {
    LoginClaim old = Sample.claim();
    LoginClaim young = Sample.claim();
    storage().logins().claim(old, LONG_AGO);
    storage().logins().claim(young, LONG_AGO.plusMillis(1));
    assertThat(retention().purge(Expiry.LOGIN_CLAIMS, LONG_AGO.plusMillis(1), 10)).isEqualTo(1);
    assertThat(storage().logins().claim(old, END)).isTrue();
    assertThat(storage().logins().claim(young, END)).isFalse();
  }

  @Test
  default void session_keys_go_once_they_are_unused_and_the_identity_stays() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity unused = Sample.identity();
    WeChatIdentity renewed = Sample.identity();
    WeChatIdentity again = Sample.identity();
    SessionKey newest = Sample.sessionKey();
    for (WeChatIdentity identity : List.of(unused, renewed, again)) {
      record(app, identity, LONG_AGO);
    }
    record(app, Sample.identity(unused.openId()), LONG_AGO.plusMillis(1));
    storage().identities().keep(app.appId(), renewed.openId(), newest, LONG_AGO.plusMillis(2));
    record(app, again, LONG_AGO.plusMillis(2));

    assertThat(retention().purge(Expiry.SESSION_KEYS, LONG_AGO.plusMillis(1), 10)).isZero();
    assertThat(retention().purge(Expiry.SESSION_KEYS, LONG_AGO.plusMillis(2), 10)).isEqualTo(1);
    assertThat(identity(app, unused).sessionKeys()).isEmpty();
    assertThat(identity(app, renewed).sessionKeys()).containsExactly(newest, renewed.sessionKey());
    assertThat(identity(app, again).sessionKeys()).containsExactly(again.sessionKey());
    assertThat(retention().purge(Expiry.SESSION_KEYS, LONG_AGO.plusMillis(2), 10)).isZero();
  }

  @Test
  default void the_next_session_key_is_the_only_one() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity first = Sample.identity();
    WeChatIdentity second = Sample.identity();
    record(app, first, LONG_AGO);
    record(app, second, LONG_AGO);
    assertThat(retention().purge(Expiry.SESSION_KEYS, END, 10)).isEqualTo(2);
    Recorded login = record(app, first, END.plusSeconds(1));
    assertThat(login.newUser()).isFalse();
    assertThat(identity(app, first).sessionKeys()).containsExactly(first.sessionKey());
    SessionKey kept = Sample.sessionKey();
    assertThat(storage().identities().keep(app.appId(), second.openId(), kept, END.plusSeconds(1)))
        .isTrue();
    assertThat(identity(app, second).sessionKeys()).containsExactly(kept);
    assertThat(retention().purge(Expiry.SESSION_KEYS, END, 10)).isZero();
  }

  @Test
  default void a_push_goes_once_its_content_is_gone_and_is_new_again_then() {
    MiniProgram app = newMiniProgram();
    Push waiting = accepted(app);
    Push kept = accepted(app);
    Push emptied = accepted(app);
    storage().pushInbox().settle(emptied.id(), new PushEffect.None(), LONG_AGO);
    assertThat(storage().pushInbox().forget(LONG_AGO.plusMillis(1), 10)).isEqualTo(1);
    storage().pushInbox().settle(kept.id(), new PushEffect.None(), LONG_AGO);

    assertThat(retention().purge(Expiry.PUSHES, LONG_AGO, 10)).isZero();
    assertThat(storage().pushInbox().accept(copy(emptied))).isFalse();
    assertThat(retention().purge(Expiry.PUSHES, LONG_AGO.plusMillis(1), 10)).isEqualTo(1);
    assertThat(storage().pushInbox().accept(copy(kept))).isFalse();
    assertThat(storage().pushInbox().accept(copy(waiting))).isFalse();
    assertThat(storage().pushInbox().accept(copy(emptied))).isTrue();
    storage().pushInbox().settle(waiting.id(), new PushEffect.None(), Sample.now());
  }

  @Test
  default void what_is_left_of_an_erased_user_goes_with_the_receipt() {
    Visitor erased = newVisitor();
    Visitor later = newVisitor();
    Visitor pushed = newVisitor();
    Visitor living = newVisitor();
    ErasureRequest request = new ErasureRequest.ByOperator(Actor.operator("ops"));
    assertThat(storage().accounts().erase(erased.id(), request, LONG_AGO))
        .isEqualTo(Accounts.Erasure.ERASED);
    storage().accounts().erase(later.id(), request, LONG_AGO.plusMillis(1));
    eraseAccount(pushed, LONG_AGO);
    assertThat(retention().purge(Expiry.ERASURE_RECEIPTS, LONG_AGO.plusMillis(1), 10)).isEqualTo(2);
    assertThat(storage().users().find(erased.id())).isEmpty();
    assertThat(storage().users().find(pushed.id())).isEmpty();
    assertThat(storage().users().find(later.id())).isPresent();
    assertThat(storage().users().find(living.id())).contains(living.login().user());
  }

  @ParameterizedTest
  @EnumSource
  default void an_unreachable_storage_forgets_nothing(Expiry what) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().retention().purge(what, END, 10));
  }

  private Retention retention() {
    return storage().retention();
  }

  private Recorded loginAt(MiniProgram app, Instant at) {
    return record(app, Sample.identity(), at);
  }

  private Recorded record(MiniProgram app, WeChatIdentity identity, Instant at) {
    return logIn(Sample.newLogin(app, identity, Device.UNKNOWN, Optional.empty(), at));
  }

  private Identity identity(MiniProgram app, WeChatIdentity identity) {
    return storage().identities().find(app.appId(), identity.openId()).orElseThrow();
  }

  private Push accepted(MiniProgram app) {
    Push push =
        new Push(
            Sample.uuid(),
            app.appId(),
            new PushEvent(Map.of("Event", Sample.text(16))),
            LONG_AGO,
            0);
    assertThat(storage().pushInbox().accept(push)).isTrue();
    return push;
  }

  private static Push copy(Push push) {
    return new Push(Sample.uuid(), push.appId(), push.event(), push.receivedAt(), 0);
  }
}
