package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings.Binding;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins.Outcome;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessTokens.Dated;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one instance writes, another one reads. */
class TwoInstancesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Schema schema;
  private static Instance first;
  private static Instance second;
  private static MiniProgram app;

  private final Storage a = first.ports();
  private final Storage b = second.ports();

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().freshSchema();
    first = Instance.start(schema);
    second = Instance.start(schema);
    app = Sample.miniProgram();
    first.ports().miniPrograms().save(app);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  @Test
  void a_code_that_one_has_claimed_the_other_cannot() {
    LoginClaim claim = Sample.claim();
    assertThat(a.logins().claim(claim, Sample.now())).isTrue();
    assertThat(b.logins().claim(claim, Sample.now())).isFalse();
    a.logins().release(claim);
    assertThat(b.logins().claim(claim, Sample.now())).isTrue();
  }

  @Test
  void of_claims_on_both_at_once_one_succeeds() {
    LoginClaim claim = Sample.claim();
    assertThat(AtOnce.run(20, i -> (i % 2 == 0 ? a : b).logins().claim(claim, Sample.now())))
        .containsOnlyOnce(true);
  }

  @Test
  void a_login_that_one_records_the_other_finds() {
    Recorded login = logIn(a, newLogin());
    assertThat(b.sessions().find(login.token()))
        .contains(new Sessions.Held(login.session(), login.user().standing()));
    assertThat(b.users().find(login.user().id())).contains(login.user());
  }

  @Test
  void the_person_who_logged_in_at_one_is_known_to_the_other() {
    NewLogin login = newLogin();
    Recorded there = logIn(a, login);
    Recorded here = logIn(b, Sample.newLogin(app, login.identity()));
    assertThat(here.newUser()).isFalse();
    assertThat(here.user()).isEqualTo(there.user());
  }

  @Test
  void first_logins_of_one_person_at_both_at_once_make_one_user() {
    NewLogin login = newLogin();
    List<Recorded> logins =
        AtOnce.run(8, i -> logIn(i % 2 == 0 ? a : b, Sample.newLogin(app, login.identity())));
    assertThat(logins).extracting(Recorded::newUser).containsOnlyOnce(true);
    assertThat(logins).extracting(Recorded::user).containsOnly(logins.getFirst().user());
  }

  @Test
  void who_waits_at_the_one_gets_the_login_that_the_other_records() {
    NewLogin login = newLogin();
    a.logins().claim(login.claim(), login.at());
    InBackground<Outcome> waiting = waiting(b, login);
    assertThat(waiting.isOver()).isFalse();
    Recorded recorded = a.logins().record(login);
    assertThat(waiting.result()).isEqualTo(new Outcome.Resent(recorded));
  }

  @Test
  void who_waits_at_the_one_sees_the_other_fail_or_give_up() {
    NewLogin failed = newLogin();
    NewLogin released = newLogin();
    a.logins().claim(failed.claim(), failed.at());
    a.logins().claim(released.claim(), released.at());
    InBackground<Outcome> first = waiting(b, failed);
    InBackground<Outcome> second = waiting(b, released);
    a.logins().fail(failed.claim(), WeChatFailure.CODE_INVALID);
    a.logins().release(released.claim());
    assertThat(first.result()).isEqualTo(new Outcome.Failed(WeChatFailure.CODE_INVALID));
    assertThat(second.result()).isEqualTo(new Outcome.Free());
  }

  @Test
  void a_session_that_ended_at_one_has_ended_at_the_other() {
    Recorded login = logIn(a, newLogin());
    assertThat(b.sessions().find(login.token())).isPresent();
    Instant at = Sample.now();
    assertThat(a.sessions().end(login.user().id(), login.session().id(), at, EndReason.SIGNED_OUT))
        .isTrue();
    assertThat(b.sessions().findStored(login.token()))
        .map(Sessions.Held::session)
        .flatMap(Session::ending)
        .contains(new Session.Ending(at, EndReason.SIGNED_OUT));
    assertThat(b.sessions().end(login.user().id(), login.session().id(), at, EndReason.REVOKED))
        .isFalse();
  }

  @Test
  void a_profile_that_changed_at_one_has_changed_at_the_other() {
    Recorded login = logIn(a, newLogin());
    ProfileChange change = new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("小明 😀")));
    assertThat(
            a.users()
                .changeProfile(login.user().id(), change, Profile.Source.USER, Sample.now())
                .orElseThrow())
        .isEqualTo(b.users().find(login.user().id()).orElseThrow());
  }

  @Test
  void of_those_who_would_renew_a_token_on_both_at_once_one_does_and_both_have_it() {
    AppId appId = Sample.appId();
    Instant now = Sample.now();
    List<UUID> leases = Stream.generate(Sample::uuid).limit(12).toList();
    List<Boolean> taken =
        AtOnce.run(
            12,
            i ->
                (i % 2 == 0 ? a : b)
                    .accessTokens()
                    .lease(appId, leases.get(i), Optional.empty(), now, now.plusSeconds(10)));
    assertThat(taken).containsOnlyOnce(true);

    UUID holder = leases.get(taken.indexOf(true));
    Dated token = new Dated(Sample.accessToken(), now.plusSeconds(7200));
    assertThat(b.accessTokens().renew(appId, holder, token, false, now)).isTrue();
    assertThat(a.accessTokens().find(appId).token()).contains(token);
    assertThat(b.accessTokens().find(appId).token()).contains(token);
  }

  @Test
  void a_lease_whose_holder_died_is_taken_over_and_its_late_renewal_counts_for_nothing() {
    AppId appId = Sample.appId();
    Instant now = Sample.now();
    Instant end = now.plusSeconds(10);
    UUID lost = Sample.uuid();
    UUID next = Sample.uuid();
    assertThat(a.accessTokens().lease(appId, lost, Optional.empty(), now, end)).isTrue();
    assertThat(b.accessTokens().lease(appId, next, Optional.empty(), end.minusMillis(1), end))
        .isFalse();
    assertThat(b.accessTokens().lease(appId, next, Optional.empty(), end, end.plusSeconds(10)))
        .isTrue();
    Dated late = new Dated(Sample.accessToken(), now.plusSeconds(7200));
    assertThat(a.accessTokens().renew(appId, lost, late, true, end)).isFalse();
    assertThat(b.accessTokens().find(appId).token()).isEmpty();
    assertThat(b.accessTokens().find(appId).forcedAt()).isEmpty();
  }

  @Test
  void of_users_who_bind_one_number_on_both_at_once_one_gets_it() {
    List<UserId> users = Stream.generate(() -> logIn(a, newLogin()).user().id()).limit(10).toList();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    List<Binding> bindings =
        AtOnce.run(
            10,
            i ->
                (i % 2 == 0 ? a : b)
                    .phoneBindings()
                    .bind(users.get(i), Tenant.DEFAULT, phone, false, Optional.empty()));
    assertThat(bindings).filteredOn(Binding.Bound.class::isInstance).hasSize(1);
    assertThat(bindings).filteredOn(new Binding.Taken()::equals).hasSize(9);
    assertThat(users)
        .filteredOn(id -> b.users().find(id).orElseThrow().phone().equals(Optional.of(phone)))
        .hasSize(1);
  }

  @Test
  void a_number_that_users_of_both_move_to_them_at_once_is_never_lost_and_never_doubled() {
    List<UserId> users = Stream.generate(() -> logIn(b, newLogin()).user().id()).limit(4).toList();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    for (int round = 0; round < 5; round++) {
      AtOnce.run(
          4,
          i ->
              (i % 2 == 0 ? a : b)
                  .phoneBindings()
                  .bind(users.get(i), Tenant.DEFAULT, phone, true, Optional.empty()));
      assertThat(users)
          .filteredOn(id -> a.users().find(id).orElseThrow().phone().isPresent())
          .hasSize(1);
    }
  }

  @Test
  void of_those_who_decide_a_review_on_both_at_once_one_does() {
    Recorded login = logIn(a, newLogin());
    Review review =
        new Review(
            Sample.uuid(),
            login.user().id(),
            app.appId(),
            Sample.openId(),
            ProfileField.NICKNAME,
            "小明",
            0,
            Optional.empty());
    Instant at = Sample.now();
    a.contentReviews()
        .submit(review, new ProfileChange(Map.of()), Profile.Source.USER, at, at.plusSeconds(60));
    List<Decision> decisions =
        AtOnce.run(
                8,
                i -> {
                  Decision decision = i % 2 == 0 ? Decision.PASSED : Decision.REFUSED;
                  return (i % 4 < 2 ? a : b)
                          .contentReviews()
                          .decide(review.id(), decision, at.plusMillis(i))
                      ? Optional.of(decision)
                      : Optional.<Decision>empty();
                })
            .stream()
            .flatMap(Optional::stream)
            .toList();
    assertThat(decisions).hasSize(1);
    assertThat(b.users().find(login.user().id()).orElseThrow().profile())
        .extracting(profile -> profile.value(ProfileField.NICKNAME).isPresent())
        .isEqualTo(decisions.getFirst() == Decision.PASSED);
  }

  @Test
  void attempts_at_open_data_on_both_at_once_are_no_more_than_allowed() {
    Recorded login = logIn(a, newLogin());
    assertThat(
            AtOnce.run(30, i -> (i % 2 == 0 ? a : b).sessions().takeAttempt(login.session().id())))
        .filteredOn(taken -> taken)
        .hasSize(Sessions.OPEN_DATA_ATTEMPTS);
  }

  @Test
  void a_mini_program_that_one_saves_the_other_sees_after_a_few_seconds() {
    assertThat(b.miniPrograms().find(app.appId())).contains(app);
    MiniProgram unknown = Sample.miniProgram();
    assertThat(b.miniPrograms().find(unknown.appId())).isEmpty();
    MiniProgram changed =
        new MiniProgram(app.appId(), new AppSecret("another-secret"), true, app.lifetimes());
    a.miniPrograms().save(unknown);
    a.miniPrograms().save(changed);
    assertThat(a.miniPrograms().find(app.appId())).contains(changed);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> b.miniPrograms().find(app.appId()).equals(Optional.of(changed)));
    await()
        .atMost(Duration.ofSeconds(1))
        .until(() -> b.miniPrograms().find(unknown.appId()).equals(Optional.of(unknown)));
  }

  @Test
  void with_newer_keys_what_was_written_under_older_ones_is_read() {
    NewLogin before = newLogin();
    Recorded old = logIn(a, before);
    try (Instance rotated = Instance.start(schema, "", 4, Instance.keys(2))) {
      Storage c = rotated.ports();
      assertThat(c.miniPrograms().find(app.appId()).orElseThrow().secrets().current().reveal())
          .isEqualTo(a.miniPrograms().find(app.appId()).orElseThrow().secrets().current().reveal());
      assertThat(c.sessions().find(old.token()))
          .contains(new Sessions.Held(old.session(), old.user().standing()));
      assertThat(waiting(c, before).result()).isEqualTo(new Outcome.Resent(old));
      Recorded fresh = logIn(c, Sample.newLogin(app, before.identity()));
      assertThat(c.sessions().find(fresh.token())).isPresent();
      assertThat(fresh.user()).isEqualTo(old.user());
    }
  }

  private static Recorded logIn(Storage at, NewLogin login) {
    assertThat(at.logins().claim(login.claim(), login.at())).isTrue();
    return at.logins().record(login);
  }

  private static InBackground<Outcome> waiting(Storage at, NewLogin login) {
    return InBackground.start(
            () ->
                at.logins()
                    .outcome(login.claim(), login.resendKey().orElseThrow(), login.at(), PATIENCE))
        .untilItWaits();
  }

  private static NewLogin newLogin() {
    return Sample.newLogin(
        app, Sample.identity(), Device.UNKNOWN, Optional.of(Sample.resendKey()), Sample.now());
  }
}
