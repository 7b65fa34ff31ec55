package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Logins.Outcome;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link Logins} promises. */
public interface LoginsContract extends StorageContract {
  /** Long enough for everything that a test does meanwhile. */
  Duration PATIENCE = Duration.ofSeconds(20);

  // Claims

  @Test
  default void a_code_is_claimed_once() {
    LoginClaim claim = Sample.claim();
    assertThat(storage().logins().claim(claim, Sample.now())).isTrue();
    assertThat(storage().logins().claim(claim, Sample.now())).isFalse();
    assertThat(storage().logins().claim(claim, Sample.now().plus(Duration.ofSeconds(30))))
        .isFalse();
  }

  @Test
  default void of_fifty_parallel_claims_one_succeeds() {
    LoginClaim claim = Sample.claim();
    assertThat(AtOnce.run(50, _ -> storage().logins().claim(claim, Sample.now())))
        .containsOnlyOnce(true);
  }

  @Test
  default void the_same_code_in_another_mini_program_is_another_claim() {
    LoginCode code = Sample.code();
    assertThat(storage().logins().claim(LoginClaim.of(Sample.appId(), code), Sample.now()))
        .isTrue();
    assertThat(storage().logins().claim(LoginClaim.of(Sample.appId(), code), Sample.now()))
        .isTrue();
  }

  @Test
  default void codes_that_differ_only_in_case_are_two_claims() {
    AppId appId = Sample.appId();
    String code = "0a" + Sample.text(30);
    assertThat(claimCode(appId, code)).isTrue();
    assertThat(claimCode(appId, code.replaceFirst("a", "A"))).isTrue();
  }

  @Test
  default void a_released_claim_can_be_claimed_again_by_one() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    storage().logins().release(claim);
    assertThat(AtOnce.run(8, _ -> storage().logins().claim(claim, Sample.now())))
        .containsOnlyOnce(true);
  }

  @Test
  default void releasing_an_unknown_claim_changes_nothing() {
    LoginClaim claim = Sample.claim();
    storage().logins().release(claim);
    assertThat(outcome(claim, Sample.resendKey())).isEqualTo(new Outcome.Free());
    assertThat(storage().logins().claim(claim, Sample.now())).isTrue();
  }

  @Test
  default void releasing_a_recorded_claim_changes_nothing() {
    NewLogin login = resendable();
    Recorded recorded = logIn(login);
    storage().logins().release(login.claim());
    assertThat(storage().logins().claim(login.claim(), login.at())).isFalse();
    assertThat(outcome(login.claim(), key(login), login.at()))
        .isEqualTo(new Outcome.Resent(recorded));
  }

  @Test
  default void a_recorded_claim_cannot_be_claimed_again() {
    NewLogin login = resendable();
    logIn(login);
    assertThat(storage().logins().claim(login.claim(), login.at())).isFalse();
  }

  @Test
  default void a_failed_claim_cannot_be_claimed_again() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    storage().logins().fail(claim, WeChatFailure.CODE_INVALID);
    assertThat(storage().logins().claim(claim, Sample.now())).isFalse();
  }

  @Test
  default void failing_an_unknown_claim_changes_nothing() {
    LoginClaim claim = Sample.claim();
    storage().logins().fail(claim, WeChatFailure.TIMED_OUT);
    assertThat(outcome(claim, Sample.resendKey())).isEqualTo(new Outcome.Free());
    assertThat(storage().logins().claim(claim, Sample.now())).isTrue();
  }

  // Outcomes

  @Test
  default void an_unknown_claim_is_free() {
    assertThat(outcome(Sample.claim(), Sample.resendKey())).isEqualTo(new Outcome.Free());
  }

  @Test
  default void a_released_claim_is_free() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    storage().logins().release(claim);
    assertThat(outcome(claim, Sample.resendKey())).isEqualTo(new Outcome.Free());
  }

  @ParameterizedTest
  @EnumSource
  default void a_failed_claim_tells_its_failure(WeChatFailure failure) {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    storage().logins().fail(claim, failure);
    assertThat(outcome(claim, Sample.resendKey())).isEqualTo(new Outcome.Failed(failure));
  }

  @Test
  default void the_same_key_has_the_same_answer_again_and_again() {
    NewLogin login = resendable();
    Recorded recorded = logIn(login);
    assertThat(recorded.newUser()).isTrue();
    assertThat(outcome(login.claim(), key(login), login.at()))
        .isEqualTo(new Outcome.Resent(recorded));
    assertThat(outcome(login.claim(), key(login), login.at().plusMillis(1)))
        .isEqualTo(new Outcome.Resent(recorded));
  }

  @Test
  default void the_answer_of_a_known_user_and_device_comes_again_as_it_was() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity(Sample.openId(), Sample.unionId());
    UserId user = logIn(Sample.newLogin(app, identity)).user().id();
    storage()
        .users()
        .changeProfile(
            user,
            new ProfileChange(
                Map.of(
                    ProfileField.NICKNAME, Optional.of("😀𠮷👨‍👩‍👧‍👦"),
                    ProfileField.CITY, Optional.of("深圳市"))),
            Profile.Source.WECHAT,
            Sample.now());
    Device device =
        new Device(
            Optional.of(InstallHash.of("install")),
            Optional.of("设备😀"),
            Optional.of("android"),
            Optional.of(EnvVersion.TRIAL),
            Optional.of("1.0"),
            Optional.of("1047"));
    NewLogin login =
        Sample.newLogin(app, identity, device, Optional.of(Sample.resendKey()), Sample.now());
    Recorded recorded = logIn(login);
    assertThat(recorded.newUser()).isFalse();
    assertThat(outcome(login.claim(), key(login), login.at()))
        .isEqualTo(new Outcome.Resent(recorded));
  }

  @Test
  default void another_key_has_no_answer() {
    NewLogin login = resendable();
    logIn(login);
    assertThat(outcome(login.claim(), Sample.resendKey(), login.at()))
        .isEqualTo(new Outcome.NotYours());
  }

  @Test
  default void a_login_without_a_key_is_nobodys() {
    NewLogin login = Sample.newLogin(newMiniProgram(), Sample.identity());
    logIn(login);
    assertThat(outcome(login.claim(), Sample.resendKey(), login.at()))
        .isEqualTo(new Outcome.NotYours());
  }

  @Test
  default void an_answer_is_given_to_the_end_of_its_lifetime_and_no_longer() {
    NewLogin login = resendable();
    Recorded recorded = logIn(login);
    Instant end = login.at().plus(ResendKey.LIFETIME);
    assertThat(outcome(login.claim(), key(login), end)).isEqualTo(new Outcome.Resent(recorded));
    assertThat(outcome(login.claim(), key(login), end.plusMillis(1)))
        .isEqualTo(new Outcome.NotYours());
  }

  @Test
  default void a_claim_in_flight_is_not_yours_once_patience_ends() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    assertThat(outcome(claim, Sample.resendKey(), Sample.now(), Duration.ZERO))
        .isEqualTo(new Outcome.NotYours());
    assertThat(outcome(claim, Sample.resendKey(), Sample.now(), Duration.ofMillis(50)))
        .isEqualTo(new Outcome.NotYours());
    assertThat(storage().logins().claim(claim, Sample.now())).isFalse();
  }

  @Test
  default void all_who_wait_for_a_claim_in_flight_have_the_answer_once_it_is_recorded() {
    NewLogin login = resendable();
    storage().logins().claim(login.claim(), login.at());
    List<InBackground<Outcome>> waiting = waiting(8, login.claim(), key(login), login.at());
    Recorded recorded = storage().logins().record(login);
    assertThat(waiting).extracting(InBackground::result).containsOnly(new Outcome.Resent(recorded));
  }

  @Test
  default void who_waits_with_another_key_has_nothing_once_it_is_recorded() {
    NewLogin login = resendable();
    storage().logins().claim(login.claim(), login.at());
    List<InBackground<Outcome>> waiting = waiting(2, login.claim(), Sample.resendKey(), login.at());
    storage().logins().record(login);
    assertThat(waiting).extracting(InBackground::result).containsOnly(new Outcome.NotYours());
  }

  @Test
  default void all_who_wait_for_a_claim_in_flight_see_it_fail() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    List<InBackground<Outcome>> waiting = waiting(8, claim, Sample.resendKey(), Sample.now());
    storage().logins().fail(claim, WeChatFailure.USER_BLOCKED);
    assertThat(waiting)
        .extracting(InBackground::result)
        .containsOnly(new Outcome.Failed(WeChatFailure.USER_BLOCKED));
  }

  @Test
  default void all_who_wait_for_a_claim_in_flight_see_it_released() {
    LoginClaim claim = Sample.claim();
    storage().logins().claim(claim, Sample.now());
    List<InBackground<Outcome>> waiting = waiting(8, claim, Sample.resendKey(), Sample.now());
    storage().logins().release(claim);
    assertThat(waiting).extracting(InBackground::result).containsOnly(new Outcome.Free());
  }

  // Records

  @Test
  default void a_first_login_makes_the_user_and_opens_the_session() {
    SessionLifetimes lifetimes = new SessionLifetimes(Duration.ofHours(2), Duration.ofDays(3));
    MiniProgram app = saved(Sample.miniProgram(lifetimes));
    Device device =
        new Device(
            Optional.of(InstallHash.of("install")),
            Optional.of("iPhone"),
            Optional.of("ios"),
            Optional.of(EnvVersion.DEVELOP),
            Optional.of("1.0"),
            Optional.of("1001"));
    Instant at = Instant.parse("2026-03-01T10:20:30.499Z");
    NewLogin login = Sample.newLogin(app, Sample.identity(), device, Optional.empty(), at);
    User user = User.firstSeen(login.newUserId(), at);
    Session session =
        Session.open(
            login.sessionId(), login.sessionId(), user, app.appId(), device, at, lifetimes);
    assertThat(logIn(login)).isEqualTo(new Recorded(login.token(), session, user, true));
    assertThat(storage().sessions().find(login.token()))
        .contains(new Sessions.Held(session, user.standing()));
    assertThat(storage().users().find(user.id())).contains(user);
  }

  @Test
  default void a_second_login_finds_the_user_and_opens_another_session() {
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    Recorded first = logIn(Sample.newLogin(app, Sample.identity(openId)));
    NewLogin again = Sample.newLogin(app, Sample.identity(openId));
    Recorded second = logIn(again);
    assertThat(second.user()).isEqualTo(first.user());
    assertThat(second.newUser()).isFalse();
    assertThat(second.session().id()).isEqualTo(again.sessionId());
    assertThat(found(first).session().id()).isEqualTo(first.session().id());
    assertThat(found(second).session()).isEqualTo(second.session());
    assertThat(storage().users().find(again.newUserId())).isEmpty();
  }

  @Test
  default void a_login_keeps_the_profile_and_returns_it() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    UserId user = logIn(Sample.newLogin(app, identity)).user().id();
    Optional<User> changed =
        storage()
            .users()
            .changeProfile(
                user,
                new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("Ann"))),
                Profile.Source.USER,
                Sample.now());
    assertThat(logIn(Sample.newLogin(app, identity)).user()).isEqualTo(changed.orElseThrow());
  }

  @Test
  default void a_login_returns_all_that_is_known_of_the_user() {
    Visitor visitor = newVisitor();
    Instant at = Sample.now();
    storage()
        .phoneBindings()
        .bind(
            visitor.id(),
            Sample.tenant(),
            new BoundPhone(Sample.phoneNumber(), at),
            false,
            Optional.empty());
    settle(visitor, new PushEffect.Clean(visitor.id(), at), at.plusMillis(1));
    for (ProfileField field : List.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL)) {
      storage()
          .contentReviews()
          .submit(
              Sample.review(visitor, field, "https://example.com/new"),
              new ProfileChange(Map.of()),
              Profile.Source.USER,
              at.plusMillis(2),
              at);
    }
    User user = stored(visitor.id());
    assertThat(user.phone()).isPresent();
    assertThat(user.profileClearedAt()).contains(at.plusMillis(1));
    assertThat(user.reviews()).hasSize(2);
    Recorded again = logIn(Sample.newLogin(visitor.app(), Sample.identity(visitor.openId())));
    assertThat(again.user()).isEqualTo(user);
  }

  // Erased accounts

  @Test
  default void after_an_erasure_the_same_openid_and_unionid_are_a_new_users() {
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    UnionId unionId = Sample.unionId();
    WeChatIdentity person = Sample.identity(openId, unionId);
    Visitor gone = visitor(app, person);
    storage()
        .users()
        .changeProfile(
            gone.id(),
            new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("Ann"))),
            Profile.Source.USER,
            Sample.now());
    eraseAccount(gone, Sample.now());
    NewLogin login = Sample.newLogin(app, Sample.identity(openId, unionId));
    Recorded again = logIn(login);
    assertThat(again.newUser()).isTrue();
    assertThat(again.user()).isEqualTo(User.firstSeen(login.newUserId(), login.at()));
    assertThat(found(again).session().userId()).isEqualTo(again.user().id());
    assertThat(firstLogin(newMiniProgram(), unionId).user().id()).isEqualTo(again.user().id());
    assertThat(stored(gone.id()).status()).isEqualTo(User.Status.DELETED);
  }

  @Test
  default void after_an_erasure_the_unionid_is_a_new_users_in_another_mini_program() {
    UnionId unionId = Sample.unionId();
    Visitor gone = visitor(newMiniProgram(), Sample.identity(Sample.openId(), unionId));
    eraseAccount(gone, Sample.now());
    Recorded other = firstLogin(newMiniProgram(), unionId);
    assertThat(other.newUser()).isTrue();
    assertThat(other.user().id()).isNotEqualTo(gone.id());
  }

  @Test
  default void an_answer_that_comes_again_after_an_erasure_opens_nothing() {
    NewLogin login = resendable();
    Recorded recorded = logIn(login);
    eraseAccount(
        new Visitor(login.app(), login.identity().openId(), recorded), login.at().plusMillis(1));
    Outcome outcome = outcome(login.claim(), key(login), login.at().plusMillis(2));
    if (outcome instanceof Outcome.Resent(Recorded resent)) {
      assertThat(resent.session().endedAt(login.at().plusMillis(2), resent.user().standing()))
          .contains(EndReason.ACCOUNT_DELETED);
    } else {
      assertThat(outcome).isEqualTo(new Outcome.NotYours());
    }
  }

  @Test
  default void a_login_and_an_erasure_at_once_leave_a_whole_account_or_none() {
    for (int round = 0; round < 8; round++) {
      Visitor before = newVisitor();
      WeChatIdentity person = Sample.identity(before.openId());
      List<Optional<Recorded>> done =
          AtOnce.run(
              2,
              i -> {
                if (i == 0) {
                  return Optional.of(logIn(Sample.newLogin(before.app(), person)));
                }
                eraseAccount(before, Sample.now());
                return Optional.empty();
              });
      assertThat(stored(before.id()).status()).isEqualTo(User.Status.DELETED);
      Recorded meanwhile = done.getFirst().orElseThrow();
      boolean joinedTheErased = meanwhile.user().id().equals(before.id());
      assertThat(found(meanwhile).account().status())
          .isEqualTo(joinedTheErased ? User.Status.DELETED : User.Status.ACTIVE);
      Recorded after = logIn(Sample.newLogin(before.app(), person));
      assertThat(after.user().status()).isEqualTo(User.Status.ACTIVE);
      assertThat(after.newUser()).isEqualTo(joinedTheErased);
    }
  }

  private void settle(Visitor visitor, PushEffect effect, Instant at) {
    Push push =
        new Push(
            Sample.uuid(),
            visitor.app().appId(),
            new PushEvent(Map.of("MsgId", Sample.text(16))),
            at,
            0);
    storage().pushInbox().accept(push);
    assertThat(storage().pushInbox().settle(push.id(), effect, at)).isTrue();
  }

  @Test
  default void openids_that_differ_only_in_case_are_two_users() {
    MiniProgram app = newMiniProgram();
    String openId = "oA" + Sample.text(26);
    Recorded upper = logIn(Sample.newLogin(app, Sample.identity(new OpenId(openId))));
    Recorded lower =
        logIn(Sample.newLogin(app, Sample.identity(new OpenId(openId.toLowerCase(Locale.ROOT)))));
    assertThat(lower.newUser()).isTrue();
    assertThat(lower.user().id()).isNotEqualTo(upper.user().id());
    assertThat(found(upper).session().userId()).isEqualTo(upper.user().id());
    assertThat(found(lower).session().userId()).isEqualTo(lower.user().id());
  }

  @Test
  default void unionids_that_differ_only_in_case_are_two_users() {
    String unionId = "oA" + Sample.text(26);
    Recorded upper = firstLogin(newMiniProgram(), new UnionId(unionId));
    Recorded lower = firstLogin(newMiniProgram(), new UnionId(unionId.toLowerCase(Locale.ROOT)));
    assertThat(lower.user().id()).isNotEqualTo(upper.user().id());
  }

  @Test
  default void the_longest_identifiers_are_told_apart_by_their_last_character() {
    String start = Sample.text(63);
    MiniProgram app =
        saved(
            new MiniProgram(
                new AppId(Sample.text(64)),
                Sample.miniProgram().secrets().current(),
                true,
                SessionLifetimes.DEFAULT));
    Recorded one =
        logIn(
            Sample.newLogin(
                app, Sample.identity(new OpenId(start + "1"), new UnionId(start + "1"))));
    Recorded two =
        logIn(
            Sample.newLogin(
                app, Sample.identity(new OpenId(start + "2"), new UnionId(start + "2"))));
    assertThat(two.user().id()).isNotEqualTo(one.user().id());
    assertThat(found(one).session().appId()).isEqualTo(app.appId());
  }

  @Test
  default void the_same_openid_in_another_mini_program_is_another_user() {
    OpenId openId = Sample.openId();
    Recorded one = logIn(Sample.newLogin(newMiniProgram(), Sample.identity(openId)));
    Recorded other = logIn(Sample.newLogin(newMiniProgram(), Sample.identity(openId)));
    assertThat(other.newUser()).isTrue();
    assertThat(other.user().id()).isNotEqualTo(one.user().id());
  }

  @Test
  default void a_new_identity_with_a_known_unionid_joins_its_user() {
    UnionId unionId = Sample.unionId();
    Recorded one = firstLogin(newMiniProgram(), unionId);
    OpenId openId = Sample.openId();
    MiniProgram otherApp = newMiniProgram();
    Recorded other = logIn(Sample.newLogin(otherApp, Sample.identity(openId, unionId)));
    assertThat(other.newUser()).isFalse();
    assertThat(other.user()).isEqualTo(one.user());
    assertThat(found(other).session().userId()).isEqualTo(one.user().id());

    // WeChat may leave the unionid out later: the identity stays with its user.
    Recorded again = logIn(Sample.newLogin(otherApp, Sample.identity(openId)));
    assertThat(again.newUser()).isFalse();
    assertThat(again.user().id()).isEqualTo(one.user().id());
  }

  @Test
  default void a_new_openid_of_one_mini_program_with_a_known_unionid_joins_its_user() {
    UnionId unionId = Sample.unionId();
    MiniProgram app = newMiniProgram();
    Recorded one = firstLogin(app, unionId);
    Recorded other = firstLogin(app, unionId);
    assertThat(other.user().id()).isEqualTo(one.user().id());
  }

  @Test
  default void a_unionid_that_comes_later_keeps_the_user_and_then_links_another_mini_program() {
    UnionId unionId = Sample.unionId();
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    Recorded before = logIn(Sample.newLogin(app, Sample.identity(openId)));
    Recorded with = logIn(Sample.newLogin(app, Sample.identity(openId, unionId)));
    assertThat(with.newUser()).isFalse();
    assertThat(with.user()).isEqualTo(before.user());
    Recorded third = firstLogin(newMiniProgram(), unionId);
    assertThat(third.newUser()).isFalse();
    assertThat(third.user().id()).isEqualTo(before.user().id());
  }

  @Test
  default void a_late_unionid_that_belongs_to_another_user_moves_nobody() {
    UnionId unionId = Sample.unionId();
    MiniProgram lateApp = newMiniProgram();
    OpenId lateOpenId = Sample.openId();
    Recorded late = logIn(Sample.newLogin(lateApp, Sample.identity(lateOpenId)));
    MiniProgram ownerApp = newMiniProgram();
    OpenId ownerOpenId = Sample.openId();
    Recorded owner = logIn(Sample.newLogin(ownerApp, Sample.identity(ownerOpenId, unionId)));

    Recorded lateAgain = logIn(Sample.newLogin(lateApp, Sample.identity(lateOpenId, unionId)));
    assertThat(lateAgain.newUser()).isFalse();
    assertThat(lateAgain.user()).isEqualTo(late.user());
    // The unionid is the owner's still.
    assertThat(firstLogin(newMiniProgram(), unionId).user().id()).isEqualTo(owner.user().id());
    assertThat(logIn(Sample.newLogin(lateApp, Sample.identity(lateOpenId))).user())
        .isEqualTo(late.user());
    Recorded ownerAgain = logIn(Sample.newLogin(ownerApp, Sample.identity(ownerOpenId, unionId)));
    assertThat(ownerAgain.user()).isEqualTo(owner.user());
    assertThat(found(late).session().userId()).isEqualTo(late.user().id());
    assertThat(found(owner).session().userId()).isEqualTo(owner.user().id());
  }

  @Test
  default void another_unionid_of_a_known_identity_moves_nobody() {
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    Recorded first = logIn(Sample.newLogin(app, Sample.identity(openId, Sample.unionId())));
    UnionId ownersUnionId = Sample.unionId();
    Recorded owner = firstLogin(newMiniProgram(), ownersUnionId);
    Recorded rebound = logIn(Sample.newLogin(app, Sample.identity(openId, ownersUnionId)));
    assertThat(rebound.newUser()).isFalse();
    assertThat(rebound.user()).isEqualTo(first.user());
    assertThat(logIn(Sample.newLogin(app, Sample.identity(openId))).user()).isEqualTo(first.user());
    assertThat(found(owner).session().userId()).isEqualTo(owner.user().id());
    assertThat(firstLogin(newMiniProgram(), ownersUnionId).user().id())
        .isEqualTo(owner.user().id());
  }

  @Test
  default void sixteen_parallel_first_logins_of_one_person_make_one_user() {
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    List<Recorded> logins =
        AtOnce.run(16, _ -> logIn(Sample.newLogin(app, Sample.identity(openId))));
    assertOneUser(logins);
  }

  @Test
  default void sixteen_parallel_first_logins_of_one_person_with_a_unionid_make_one_user() {
    MiniProgram app = newMiniProgram();
    OpenId openId = Sample.openId();
    UnionId unionId = Sample.unionId();
    List<Recorded> logins =
        AtOnce.run(16, _ -> logIn(Sample.newLogin(app, Sample.identity(openId, unionId))));
    assertOneUser(logins);
    assertThat(firstLogin(newMiniProgram(), unionId).user().id())
        .isEqualTo(logins.getFirst().user().id());
  }

  @Test
  default void parallel_first_logins_in_two_mini_programs_with_one_unionid_make_one_user() {
    // A race that is lost now and then; several rounds make it likely to be seen.
    for (int round = 0; round < 8; round++) {
      List<MiniProgram> apps = List.of(newMiniProgram(), newMiniProgram());
      UnionId unionId = Sample.unionId();
      assertOneUser(AtOnce.run(2, i -> firstLogin(apps.get(i), unionId)));
    }
  }

  @Test
  default void parallel_first_logins_of_different_people_make_as_many_users() {
    MiniProgram app = newMiniProgram();
    List<Recorded> logins = AtOnce.run(16, _ -> logIn(Sample.newLogin(app, Sample.identity())));
    assertThat(logins).allMatch(Recorded::newUser);
    assertThat(logins).extracting(login -> login.user().id()).doesNotHaveDuplicates();
  }

  // One login an install

  @Test
  default void a_login_on_the_same_install_replaces_the_session_after_its_tail() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded old = logIn(app, person, device, start);
    Instant at = start.plusSeconds(5);
    Recorded next = logIn(app, person, device, at);
    assertThat(found(old).session())
        .isEqualTo(
            old.session().endedBy(new Session.Ending(at.plusSeconds(30), EndReason.REPLACED)));
    assertThat(found(old).endedAt(at.plusSeconds(30).minusMillis(1))).isEmpty();
    assertThat(found(old).endedAt(at.plusSeconds(30))).contains(EndReason.REPLACED);
    assertThat(found(next).session()).isEqualTo(next.session());
    assertThat(found(next).endedAt(at.plusSeconds(30))).isEmpty();
  }

  @Test
  default void sessions_that_replace_one_another_are_of_the_family_of_the_first() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded first = logIn(app, person, device, start);
    assertThat(first.session().family()).isEqualTo(first.session().id());
    for (int i = 1; i < 4; i++) {
      Recorded next = logIn(app, person, device, start.plusSeconds(i));
      assertThat(next.session().family()).isEqualTo(first.session().id());
      assertThat(found(next).session()).isEqualTo(next.session());
    }
  }

  @Test
  default void a_session_that_was_replaced_ends_no_later_because_of_a_third() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded first = logIn(app, person, device, start);
    Recorded second = logIn(app, person, device, start.plusSeconds(1));
    Recorded third = logIn(app, person, device, start.plusSeconds(2));
    assertThat(found(first).session().ending())
        .contains(new Session.Ending(start.plusSeconds(31), EndReason.REPLACED));
    assertThat(found(second).session().ending())
        .contains(new Session.Ending(start.plusSeconds(32), EndReason.REPLACED));
    assertThat(found(third).session().ending()).isEmpty();
  }

  @Test
  default void another_build_install_mini_program_or_person_replaces_nothing() {
    UnionId unionId = Sample.unionId();
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity(Sample.openId(), unionId);
    WeChatIdentity elsewhere = Sample.identity(Sample.openId(), unionId);
    InstallHash install = InstallHash.of(Sample.text(36));
    Device device = Sample.device(install, Optional.of(EnvVersion.RELEASE));
    Instant at = Sample.now();
    List<Recorded> all =
        List.of(
            logIn(app, person, device, at),
            logIn(app, person, Sample.device(install, Optional.of(EnvVersion.TRIAL)), at),
            logIn(app, person, Sample.device(install, Optional.of(EnvVersion.DEVELOP)), at),
            logIn(app, person, Sample.device(install, Optional.empty()), at),
            logIn(app, person, Sample.device(), at),
            logIn(newMiniProgram(), elsewhere, device, at),
            logIn(app, Sample.identity(), device, at));
    assertThat(all)
        .allSatisfy(
            login -> {
              assertThat(found(login).session()).isEqualTo(login.session());
              assertThat(login.session().family()).isEqualTo(login.session().id());
            });
  }

  @Test
  default void an_install_that_is_not_told_replaces_nothing() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Instant at = Sample.now();
    Device nameless =
        new Device(
            Optional.empty(),
            Optional.of("iPhone 15"),
            Optional.of("ios"),
            Optional.of(EnvVersion.RELEASE),
            Optional.of("1.4.2"),
            Optional.of("1001"));
    List<Recorded> all =
        List.of(
            logIn(app, person, nameless, at),
            logIn(app, person, nameless, at),
            logIn(app, person, Device.UNKNOWN, at),
            logIn(app, person, Device.UNKNOWN, at));
    assertThat(all)
        .allSatisfy(login -> assertThat(found(login).session()).isEqualTo(login.session()));
  }

  @Test
  default void a_session_of_the_install_that_is_over_stays_as_it_is_and_has_no_heirs() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now().minus(Duration.ofDays(2));
    Recorded expired = logIn(app, person, device, start);
    Instant at = expired.session().idleExpiresAt();
    Recorded signedOut = logIn(app, person, device, at);
    assertThat(found(expired).session()).isEqualTo(expired.session());
    storage()
        .sessions()
        .end(signedOut.user().id(), signedOut.session().id(), at, EndReason.SIGNED_OUT);
    Recorded last = logIn(app, person, device, at);
    assertThat(found(signedOut).session().ending())
        .contains(new Session.Ending(at, EndReason.SIGNED_OUT));
    assertThat(signedOut.session().family()).isEqualTo(signedOut.session().id());
    assertThat(last.session().family()).isEqualTo(last.session().id());
  }

  @Test
  default void parallel_logins_of_one_install_leave_one_session_of_one_family() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant at = Sample.now();
    List<Recorded> all = AtOnce.run(20, _ -> logIn(app, person, device, at));
    List<Session> left =
        storage().sessions().ofUser(all.getFirst().user().id(), at.plus(Session.TAIL));
    assertThat(left).hasSize(1);
    assertThat(all)
        .extracting(login -> found(login).session().family())
        .containsOnly(left.getFirst().family());
  }

  // So many sessions a user

  @Test
  default void a_login_too_many_ends_the_least_recently_used_session_at_once() {
    MiniProgram app = saved(Sample.miniProgram(3));
    WeChatIdentity person = Sample.identity();
    Instant start = Sample.now();
    Recorded first = logIn(app, person, Sample.device(), start);
    Recorded second = logIn(app, person, Device.UNKNOWN, start.plusMillis(1));
    Recorded third = logIn(app, person, Sample.device(), start.plusMillis(2));
    Instant use = start.plus(Duration.ofMinutes(10));
    storage()
        .sessions()
        .slide(first.session(), first.session().usedAt(use, SessionLifetimes.DEFAULT));
    Instant at = use.plusMillis(1);
    Recorded fourth = logIn(app, person, Sample.device(), at);
    assertThat(found(second).session())
        .isEqualTo(second.session().endedBy(new Session.Ending(at, EndReason.REVOKED)));
    assertThat(storage().sessions().ofUser(first.user().id(), at))
        .extracting(Session::id)
        .containsExactly(fourth.session().id(), first.session().id(), third.session().id());
  }

  @Test
  default void a_session_that_is_replaced_does_not_count() {
    MiniProgram app = saved(Sample.miniProgram(2));
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded other = logIn(app, person, Sample.device(), start);
    logIn(app, person, device, start.plusMillis(1));
    for (int i = 2; i < 5; i++) {
      logIn(app, person, device, start.plusMillis(i));
      assertThat(found(other).session()).isEqualTo(other.session());
    }
  }

  @Test
  default void a_session_that_is_over_does_not_count() {
    MiniProgram app = saved(Sample.miniProgram(2));
    WeChatIdentity person = Sample.identity();
    Instant at = Sample.now();
    logIn(app, person, Sample.device(), at.minus(Duration.ofDays(2)));
    Recorded signedOut = logIn(app, person, Sample.device(), at);
    storage()
        .sessions()
        .end(signedOut.user().id(), signedOut.session().id(), at, EndReason.SIGNED_OUT);
    Recorded kept = logIn(app, person, Sample.device(), at);
    logIn(app, person, Sample.device(), at.plusMillis(1));
    assertThat(found(kept).session()).isEqualTo(kept.session());
  }

  @Test
  default void the_sessions_of_all_mini_programs_count_together() {
    MiniProgram wide = newMiniProgram();
    MiniProgram narrow = saved(Sample.miniProgram(1));
    UnionId unionId = Sample.unionId();
    WeChatIdentity here = Sample.identity(Sample.openId(), unionId);
    Instant start = Sample.now();
    List<Recorded> before =
        IntStream.range(0, 3)
            .mapToObj(i -> logIn(wide, here, Sample.device(), start.plusMillis(i)))
            .toList();
    Recorded other = logIn(wide, Sample.identity(), Sample.device(), start);
    Instant at = start.plusMillis(9);
    Recorded last = logIn(narrow, Sample.identity(Sample.openId(), unionId), Sample.device(), at);
    assertThat(before)
        .allSatisfy(
            login ->
                assertThat(found(login).session().ending())
                    .contains(new Session.Ending(at, EndReason.REVOKED)));
    assertThat(storage().sessions().ofUser(last.user().id(), at)).containsExactly(last.session());
    assertThat(found(other).session()).isEqualTo(other.session());
  }

  @Test
  default void parallel_logins_never_leave_more_sessions_than_the_mini_program_allows() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Instant at = Sample.now();
    List<Recorded> all = AtOnce.run(20, _ -> logIn(app, person, Sample.device(), at));
    assertThat(all).extracting(login -> login.user().id()).containsOnly(all.getFirst().user().id());
    assertThat(storage().sessions().ofUser(all.getFirst().user().id(), at))
        .hasSize(app.policies().sessions().perUser());
  }

  @Test
  default void an_answer_that_comes_again_opens_nothing_and_replaces_nothing() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded old = logIn(app, person, device, start);
    Instant at = start.plusSeconds(1);
    NewLogin login = Sample.newLogin(app, person, device, Optional.of(Sample.resendKey()), at);
    Recorded recorded = logIn(login);
    Session oldNow = found(old).session();
    assertThat(outcome(login.claim(), key(login), at.plusSeconds(20)))
        .isEqualTo(new Outcome.Resent(recorded));
    assertThat(found(old).session()).isEqualTo(oldNow);
    assertThat(storage().sessions().ofUser(old.user().id(), at.plusSeconds(20)))
        .containsExactly(recorded.session(), oldNow);
  }

  @Test
  default void an_answer_that_comes_again_tells_what_became_of_its_session() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant at = Sample.now();
    NewLogin login = Sample.newLogin(app, person, device, Optional.of(Sample.resendKey()), at);
    Recorded recorded = logIn(login);
    logIn(app, person, device, at.plusSeconds(1));
    assertThat(outcome(login.claim(), key(login), at.plusSeconds(2)))
        .isEqualTo(
            new Outcome.Resent(
                new Recorded(recorded.token(), found(recorded).session(), recorded.user(), true)));
    assertThat(found(recorded).session().ending()).isPresent();
  }

  @Test
  default void logins_of_an_unreachable_storage_are_neither_done_nor_not() {
    NewLogin login = resendable();
    assertUnavailable(logins -> logins.claim(login.claim(), login.at()));
    assertUnavailable(logins -> logins.release(login.claim()));
    assertUnavailable(logins -> logins.fail(login.claim(), WeChatFailure.CODE_INVALID));
    assertUnavailable(logins -> logins.record(login));
    assertUnavailable(
        logins -> logins.outcome(login.claim(), key(login), login.at(), Duration.ZERO));
  }

  private void assertUnavailable(Consumer<Logins> call) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> call.accept(unreachableStorage().logins()));
  }

  private void assertOneUser(List<Recorded> logins) {
    User user = logins.getFirst().user();
    assertThat(logins).extracting(login -> login.user().id()).containsOnly(user.id());
    assertThat(logins).extracting(Recorded::newUser).containsOnlyOnce(true);
    assertThat(storage().users().find(user.id())).isPresent();
    assertThat(logins)
        .allSatisfy(
            login -> {
              Sessions.Held held = found(login);
              assertThat(held.session().id()).isEqualTo(login.session().id());
              assertThat(held.session().userId()).isEqualTo(user.id());
            });
  }

  private NewLogin resendable() {
    return Sample.newLogin(
        newMiniProgram(),
        Sample.identity(),
        Device.UNKNOWN,
        Optional.of(Sample.resendKey()),
        Sample.now());
  }

  private Recorded firstLogin(MiniProgram app, UnionId unionId) {
    return logIn(Sample.newLogin(app, Sample.identity(Sample.openId(), unionId)));
  }

  private boolean claimCode(AppId appId, String code) {
    return storage().logins().claim(LoginClaim.of(appId, new LoginCode(code)), Sample.now());
  }

  private List<InBackground<Outcome>> waiting(
      int count, LoginClaim claim, ResendKey key, Instant now) {
    List<InBackground<Outcome>> waiting =
        IntStream.range(0, count)
            .mapToObj(_ -> InBackground.start(() -> outcome(claim, key, now, PATIENCE)))
            .toList();
    waiting.forEach(InBackground::untilItWaits);
    return waiting;
  }

  private Outcome outcome(LoginClaim claim, ResendKey key) {
    return outcome(claim, key, Sample.now(), PATIENCE);
  }

  private Outcome outcome(LoginClaim claim, ResendKey key, Instant now) {
    return outcome(claim, key, now, PATIENCE);
  }

  private Outcome outcome(LoginClaim claim, ResendKey key, Instant now, Duration patience) {
    return storage().logins().outcome(claim, key, now, patience);
  }

  private static ResendKey key(NewLogin login) {
    return login.resendKey().orElseThrow();
  }

  // What the audit log says

  @Test
  default void a_session_that_gives_way_to_a_login_is_in_the_audit_log() {
    MiniProgram app = saved(Sample.miniProgram(2));
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant start = Sample.now();
    Recorded first = logIn(app, person, Device.UNKNOWN, start);
    Recorded second = logIn(app, person, device, start.plusMillis(1));
    Recorded third = logIn(app, person, device, start.plusMillis(2));
    Recorded fourth = logIn(app, person, Sample.device(), start.plusMillis(3));
    assertThat(auditOf(first.user().id()))
        .filteredOn(event -> event.kind() != Kind.LOGIN)
        .containsExactly(
            gaveWay(Kind.SESSION_REPLACED, Actor.USER, second, third),
            gaveWay(Kind.SESSION_RETIRED, Actor.SYSTEM, first, fourth));
  }

  private static AuditEvent gaveWay(Kind kind, Actor actor, Recorded old, Recorded by) {
    return AuditEvent.of(kind, actor, by.session().createdAt())
        .withUser(old.user().id())
        .withSession(old.session().id())
        .withApp(old.session().appId())
        .with("by", by.session().id());
  }

  @Test
  default void each_recorded_login_is_in_the_audit_log() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = Sample.identity();
    Instant at = Sample.now();
    Recorded first = logIn(Sample.newLogin(app, identity, Device.UNKNOWN, Optional.empty(), at));
    Recorded second =
        logIn(Sample.newLogin(app, identity, Device.UNKNOWN, Optional.empty(), at.plusMillis(1)));
    AuditEvent login =
        AuditEvent.of(Kind.LOGIN, Actor.USER, at)
            .withUser(first.user().id())
            .withSession(first.session().id())
            .withApp(app.appId())
            .with("new-user", true);
    assertThat(auditOf(first.user().id()))
        .filteredOn(event -> event.kind() == Kind.LOGIN)
        .containsExactly(
            login,
            AuditEvent.of(Kind.LOGIN, Actor.USER, at.plusMillis(1))
                .withUser(first.user().id())
                .withSession(second.session().id())
                .withApp(app.appId())
                .with("new-user", false));
  }
}
