package dev.minilogin.application.user;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.SessionKeys;
import dev.minilogin.application.testing.WeChatData;
import dev.minilogin.application.user.BindPhone.AccountGone;
import dev.minilogin.application.user.BindPhone.Bound;
import dev.minilogin.application.user.BindPhone.ByCode;
import dev.minilogin.application.user.BindPhone.ByEncryptedData;
import dev.minilogin.application.user.BindPhone.Command;
import dev.minilogin.application.user.BindPhone.DataRefused;
import dev.minilogin.application.user.BindPhone.ExchangeFailed;
import dev.minilogin.application.user.BindPhone.NoAttemptsLeft;
import dev.minilogin.application.user.BindPhone.NotRecorded;
import dev.minilogin.application.user.BindPhone.Renewed;
import dev.minilogin.application.user.BindPhone.Result;
import dev.minilogin.application.user.BindPhone.SessionOver;
import dev.minilogin.application.user.BindPhone.Taken;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryEncryptedDataCheck;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryPhoneCodeExchange;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindPhoneTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final InMemoryPhoneCodeExchange codes = new InMemoryPhoneCodeExchange();
  private final WeChatData weChat = new WeChatData();
  private final InMemoryEncryptedDataCheck check = new InMemoryEncryptedDataCheck();
  private final BindPhone bindPhone = bindPhone(check, storage.phoneBindings());
  private final WeChatIdentity alice = Sample.identity();
  private final Logins.Recorded login = scene.login(scene.app(), alice);
  private final UserId user = login.user().id();
  private final PhoneNumber number = Sample.phoneNumber();

  // With a code

  @Test
  void the_number_that_wechat_gives_for_a_code_is_the_users() {
    scene.show(user, ProfileField.CITY, "Shenzhen");
    scene.clock().advance(Duration.ofMinutes(1));
    User expected =
        scene
            .stored(user)
            .withPhone(
                Optional.of(new BoundPhone(number, scene.clock().instant())),
                scene.clock().instant());
    assertThat(bind(code(number))).isEqualTo(new Bound(expected, Optional.empty()));
    assertThat(scene.stored(user)).isEqualTo(expected);
  }

  @Test
  void a_code_is_good_once() {
    PhoneCode code = code(number);
    assertThat(bind(code)).isInstanceOf(Bound.class);
    assertThat(bind(code))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
    assertThat(phone(user)).contains(number);
  }

  @Test
  void the_code_of_another_person_is_invalid() {
    PhoneCode stolen = codes.codeFor(scene.app(), Sample.openId(), number);
    assertThat(bind(stolen))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
    assertThat(phone(user)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_failure_is_told_and_the_old_number_stays(WeChatFailure failure) {
    bind(code(number));
    codes.failNext(failure);
    assertThat(bind(code(Sample.phoneNumber())))
        .isEqualTo(new ExchangeFailed(failure, SessionKeys.retryAfter(failure)));
    assertThat(phone(user)).contains(number);
  }

  @Test
  void another_number_takes_the_place_of_the_first_which_is_anybodys_then() {
    PhoneNumber second = Sample.phoneNumber();
    bind(code(number));
    assertThat(bind(code(second))).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(second);
    Logins.Recorded bob = scene.newcomer();
    assertThat(bind(bob, code(bob, number), false)).isInstanceOf(Bound.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_number_that_the_user_has_already_stays(boolean move) {
    bind(code(number));
    User before = scene.stored(user);
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(bind(login, code(number), move)).isEqualTo(new Bound(before, Optional.empty()));
    assertThat(scene.stored(user)).isEqualTo(before);
  }

  // A number that somebody else has

  @Test
  void a_number_that_another_user_has_stays_theirs() {
    bind(code(number));
    Logins.Recorded bob = scene.newcomer();
    PhoneCode code = code(bob, number);
    assertThat(bind(bob, code, false)).isEqualTo(new Taken());
    assertThat(phone(user)).contains(number);
    assertThat(phone(bob.user().id())).isEmpty();
    assertThat(bind(bob, code, true))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  @Test
  void a_number_is_moved_from_another_user_who_keeps_all_else() {
    scene.show(user, ProfileField.CITY, "Shenzhen");
    bind(code(number));
    User before = scene.stored(user);
    Logins.Recorded bob = scene.newcomer();
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(bind(bob, code(bob, number), true))
        .isEqualTo(
            new Bound(
                bob.user()
                    .withPhone(
                        Optional.of(new BoundPhone(number, scene.clock().instant())),
                        scene.clock().instant()),
                Optional.empty()));
    assertThat(scene.stored(user))
        .isEqualTo(before.withPhone(Optional.empty(), scene.clock().instant()));
  }

  @Test
  void a_number_that_is_nobodys_can_be_moved() {
    assertThat(bind(login, code(number), true)).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
  }

  @Test
  void users_of_two_tenants_may_have_the_same_number() {
    MiniProgram theirs = scene.anotherApp(Sample.tenant());
    Logins.Recorded bob = scene.login(theirs, Sample.identity());
    bind(code(number));
    PhoneCode code =
        codes.codeFor(
            theirs,
            storage.identities().find(bob.user().id(), theirs.appId()).orElseThrow().openId(),
            number);
    assertThat(bind(bob, code, false)).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
    assertThat(phone(bob.user().id())).contains(number);
  }

  @Test
  void users_of_two_mini_programs_of_one_tenant_may_not() {
    MiniProgram ours = scene.anotherApp(Tenant.DEFAULT);
    Logins.Recorded bob = scene.login(ours, Sample.identity());
    bind(code(number));
    PhoneCode code =
        codes.codeFor(
            ours,
            storage.identities().find(bob.user().id(), ours.appId()).orElseThrow().openId(),
            number);
    assertThat(bind(bob, code, false)).isEqualTo(new Taken());
  }

  @Test
  void of_users_who_bind_one_number_at_once_one_gets_it() {
    List<Logins.Recorded> people = IntStream.range(0, 20).mapToObj(_ -> scene.newcomer()).toList();
    List<Result> results =
        AtOnce.run(20, i -> bind(people.get(i), code(people.get(i), number), false));
    assertThat(results).filteredOn(Bound.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(new Taken()::equals).hasSize(19);
    assertThat(people).filteredOn(person -> phone(person.user().id()).isPresent()).hasSize(1);
  }

  // With encrypted data

  @Test
  void the_number_in_encrypted_data_that_wechat_made_is_the_users() {
    assertThat(bind(data(number))).isInstanceOf(Bound.class);
    assertThat(scene.stored(user).phone()).contains(new BoundPhone(number, NOW));
    assertThat(check.calls()).isEqualTo(1);
    assertThat(codes.calls()).isZero();
  }

  @Test
  void a_number_in_encrypted_data_that_another_user_has_stays_theirs_unless_it_is_moved() {
    Logins.Recorded bob = scene.newcomer();
    bind(bob, code(bob, number), false);
    assertThat(bind(data(number))).isEqualTo(new Taken());
    assertThat(bind(data(number), true)).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
    assertThat(phone(bob.user().id())).isEmpty();
  }

  @Test
  void data_under_another_key_is_refused() {
    assertRefused(data(Sample.sessionKey(), number));
  }

  @Test
  void data_without_a_number_is_refused() {
    assertRefused(
        weChat.person(
            alice.sessionKey(), scene.app().appId(), NOW, alice.openId(), "\"city\":\"SZ\""));
  }

  @Test
  void data_of_another_mini_program_is_refused() {
    assertRefused(weChat.phone(alice.sessionKey(), Sample.appId(), NOW, number));
  }

  @Test
  void data_that_is_too_old_is_refused() {
    EncryptedData data = data(number);
    scene.clock().advance(OpenData.GOOD_FOR.plusSeconds(1));
    assertRefused(data);
  }

  private void assertRefused(EncryptedData data) {
    assertThat(bind(data)).isEqualTo(new DataRefused());
    assertThat(phone(user)).isEmpty();
    assertThat(check.calls()).isZero();
  }

  @Test
  void a_session_that_has_failed_too_often_is_locked_but_for_codes() {
    EncryptedData bad = data(Sample.sessionKey(), number);
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(bind(bad)).isEqualTo(new DataRefused());
    }
    assertThat(bind(bad)).isEqualTo(new NoAttemptsLeft());
    assertThat(bind(data(number))).isEqualTo(new NoAttemptsLeft());
    assertThat(phone(user)).isEmpty();
    assertThat(bind(code(number))).isInstanceOf(Bound.class);
  }

  @Test
  void what_is_opened_uses_no_attempt_up() {
    for (int i = 0; i < 3 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(bind(data(Sample.phoneNumber()))).isInstanceOf(Bound.class);
    }
  }

  @Test
  void attempts_at_once_are_not_more_than_there_are() {
    EncryptedData bad = data(Sample.sessionKey(), number);
    List<Result> results = AtOnce.run(50, _ -> bind(bad));
    assertThat(results).filteredOn(new DataRefused()::equals).hasSize(Sessions.OPEN_DATA_ATTEMPTS);
    assertThat(results)
        .filteredOn(new NoAttemptsLeft()::equals)
        .hasSize(50 - Sessions.OPEN_DATA_ATTEMPTS);
  }

  // Whether WeChat made the data

  @Test
  void data_that_wechat_did_not_make_is_refused_like_any_other_and_uses_attempts_up() {
    EncryptedData forged = forged(number);
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(bind(forged)).isEqualTo(new DataRefused());
    }
    assertThat(bind(forged)).isEqualTo(new NoAttemptsLeft());
    assertThat(phone(user)).isEmpty();
    assertThat(check.calls()).isEqualTo(Sessions.OPEN_DATA_ATTEMPTS);
  }

  @ParameterizedTest
  @EnumSource
  void while_wechat_does_not_say_who_made_the_data_nothing_is_bound_and_no_attempt_used_up(
      WeChatFailure failure) {
    EncryptedData data = data(number);
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      check.failNext(failure);
      assertThat(bind(data))
          .isEqualTo(new ExchangeFailed(failure, SessionKeys.retryAfter(failure)));
    }
    assertThat(phone(user)).isEmpty();
    assertThat(bind(data)).isInstanceOf(Bound.class);
  }

  @Test
  void an_attempt_that_ends_with_an_exception_is_not_used_up() {
    EncryptedData data = data(number);
    BindPhone cutOff =
        bindPhone(
            new Outage(0, Outage.Beginning.BEFORE_THE_CALL)
                .through(EncryptedDataCheck.class, check),
            storage.phoneBindings());
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(
              () ->
                  cutOff.execute(
                      new Command(login.session(), false, new ByEncryptedData(data), false)));
    }
    assertThat(phone(user)).isEmpty();
    assertThat(bind(data)).isInstanceOf(Bound.class);
  }

  @Test
  void where_the_check_is_switched_off_wechat_is_not_asked() {
    scene.encryptedDataUnchecked();
    assertThat(bind(forged(number))).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
    assertThat(check.calls()).isZero();
  }

  @Test
  void unchecked_data_takes_no_number_away_but_a_code_does() {
    scene.encryptedDataUnchecked();
    Logins.Recorded bob = scene.newcomer();
    bind(bob, code(bob, number), false);
    assertThat(bind(forged(number), true)).isEqualTo(new Taken());
    assertThat(phone(bob.user().id())).contains(number);
    assertThat(phone(user)).isEmpty();
    assertThat(bind(forged(Sample.phoneNumber()), true)).isInstanceOf(Bound.class);
    assertThat(bind(login, code(number), true)).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
    assertThat(phone(bob.user().id())).isEmpty();
  }

  // A new token for the session that asks

  @Test
  void a_session_whose_token_is_known_gets_another_one() {
    scene.clock().advance(Duration.ofMinutes(7));
    Instant now = scene.clock().instant();
    Renewed renewed = renewed(renew(login.session(), new ByCode(code(number))));
    assertThat(renewed.at()).isEqualTo(now);
    assertThat(renewed.session())
        .isEqualTo(login.session().renewed(renewed.session().id(), now, scene.app().lifetimes()));
    assertThat(renewed.session().id()).isNotEqualTo(login.session().id());
    assertThat(renewed.session().id().value().version()).isEqualTo(7);
    assertThat(renewed.token()).isNotEqualTo(login.token());
    assertThat(held(renewed.token()).session()).isEqualTo(renewed.session());
    assertThat(held(renewed.token()).endedAt(now)).isEmpty();
    assertThat(held(login.token()).endedAt(now)).contains(EndReason.REPLACED);
    assertThat(phone(user)).contains(number);
  }

  @Test
  void encrypted_data_gives_another_token_like_a_code() {
    Renewed renewed = renewed(renew(login.session(), new ByEncryptedData(data(number))));
    assertThat(held(renewed.token()).endedAt(NOW)).isEmpty();
    assertThat(held(login.token()).endedAt(NOW)).contains(EndReason.REPLACED);
  }

  @Test
  void the_session_of_a_login_that_nobody_has_seen_yet_goes_on() {
    assertThat(bind(code(number))).isEqualTo(new Bound(scene.stored(user), Optional.empty()));
    assertThat(scene.stored(login)).isEqualTo(login.session());
  }

  @Test
  void the_number_that_the_user_has_already_gives_no_other_token() {
    bind(code(number));
    assertThat(renew(login.session(), new ByCode(code(number))))
        .isEqualTo(new Bound(scene.stored(user), Optional.empty()));
    assertThat(scene.stored(login)).isEqualTo(login.session());
  }

  @Test
  void a_number_that_is_not_bound_gives_no_other_token() {
    Logins.Recorded bob = scene.newcomer();
    bind(bob, code(bob, number), false);
    assertThat(renew(login.session(), new ByCode(code(number)))).isEqualTo(new Taken());
    assertThat(renew(login.session(), new ByEncryptedData(data(Sample.sessionKey(), number))))
        .isEqualTo(new DataRefused());
    codes.failNext(WeChatFailure.BUSY);
    assertThat(renew(login.session(), new ByCode(code(number)))).isInstanceOf(ExchangeFailed.class);
    assertThat(scene.stored(login)).isEqualTo(login.session());
  }

  @Test
  void a_session_that_ends_meanwhile_binds_nothing_and_uses_the_code_up() {
    PhoneCode code = code(number);
    storage.sessions().end(user, login.session().id(), NOW, EndReason.REVOKED);
    assertThat(renew(login.session(), new ByCode(code))).isEqualTo(new SessionOver());
    assertThat(phone(user)).isEmpty();
    assertThat(storage.sessions().ofUser(user, NOW)).isEmpty();
    assertThat(renew(login.session(), new ByCode(code)))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
  }

  @Test
  void a_session_that_a_login_has_replaced_binds_nothing_in_its_tail() {
    Device device = Sample.device();
    Logins.Recorded old = scene.login(scene.app(), alice, device);
    Logins.Recorded next = scene.login(scene.app(), alice, device);
    assertThat(renew(old.session(), new ByCode(code(number)))).isEqualTo(new SessionOver());
    assertThat(phone(user)).isEmpty();
    assertThat(scene.stored(next)).isEqualTo(next.session());
    assertThat(renew(next.session(), new ByCode(code(number)))).isInstanceOf(Bound.class);
  }

  @Test
  void of_numbers_that_are_bound_at_once_with_one_token_one_is() {
    List<PhoneCode> sent =
        IntStream.range(0, 20).mapToObj(_ -> code(Sample.phoneNumber())).toList();
    List<Result> results = AtOnce.run(20, i -> renew(login.session(), new ByCode(sent.get(i))));
    assertThat(results).filteredOn(Bound.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(new SessionOver()::equals).hasSize(19);
    assertThat(storage.sessions().ofUser(user, NOW)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_token_that_cannot_be_stored_is_given_to_nobody(Outage.Beginning beginning) {
    BindPhone cutOff =
        bindPhone(
            check, new Outage(0, beginning).through(PhoneBindings.class, storage.phoneBindings()));
    assertThat(cutOff.execute(new Command(login.session(), true, new ByCode(code(number)), false)))
        .isInstanceOf(NotRecorded.class);
    boolean done = beginning == Outage.Beginning.AFTER_THE_CALL;
    assertThat(phone(user).isPresent()).isEqualTo(done);
    assertThat(held(login.token()).endedAt(NOW).isPresent()).isEqualTo(done);
  }

  private Result renew(Session session, BindPhone.Proof proof) {
    return bindPhone.execute(new Command(session, true, proof, false));
  }

  private static Renewed renewed(Result result) {
    assertThat(result).isInstanceOf(Bound.class);
    return ((Bound) result).renewed().orElseThrow();
  }

  private Sessions.Held held(SessionToken token) {
    return storage.sessions().findStored(token).orElseThrow();
  }

  // Who is gone

  @Test
  void an_account_that_is_gone_gets_no_number() {
    PhoneCode code = code(number);
    EncryptedData data = data(number);
    scene.erase(user);
    assertThat(bind(code)).isEqualTo(new AccountGone());
    assertThat(bind(data)).isEqualTo(new AccountGone());
    assertThat(codes.calls()).isZero();
  }

  @Test
  void an_account_that_goes_meanwhile_gets_no_number() {
    storage.replace(login.user().deleted(NOW));
    assertThat(bind(code(number))).isEqualTo(new AccountGone());
    assertThat(bind(data(number))).isEqualTo(new AccountGone());
    assertThat(phone(user)).isEmpty();
    Logins.Recorded bob = scene.newcomer();
    assertThat(bind(bob, code(bob, number), false)).isInstanceOf(Bound.class);
  }

  @Test
  void in_a_mini_program_that_is_gone_nobody_gets_a_number() {
    BindPhone elsewhere =
        new BindPhone(
            new InMemoryMiniPrograms(new InMemoryStorage()),
            storage.identities(),
            codes,
            weChat.openData(),
            check,
            storage.sessions(),
            storage.phoneBindings(),
            scene.clock(),
            new SecureRandom());
    assertThat(
            elsewhere.execute(new Command(login.session(), false, new ByCode(code(number)), true)))
        .isEqualTo(new AccountGone());
    assertThat(codes.calls()).isZero();
  }

  // Without the storage

  @ParameterizedTest
  @EnumSource
  void a_number_that_wechat_gave_and_that_cannot_be_stored_uses_the_code_up(
      Outage.Beginning beginning) {
    PhoneCode code = code(number);
    BindPhone cutOff =
        bindPhone(
            check, new Outage(0, beginning).through(PhoneBindings.class, storage.phoneBindings()));
    assertThat(cutOff.execute(new Command(login.session(), false, new ByCode(code), false)))
        .isInstanceOf(NotRecorded.class);
    assertThat(phone(user).isPresent()).isEqualTo(beginning == Outage.Beginning.AFTER_THE_CALL);
    assertThat(bind(code))
        .isEqualTo(new ExchangeFailed(WeChatFailure.CODE_INVALID, Optional.empty()));
    assertThat(bind(code(number))).isInstanceOf(Bound.class);
    assertThat(phone(user)).contains(number);
  }

  @Test
  void a_number_in_encrypted_data_that_cannot_be_stored_uses_no_attempt_up() {
    EncryptedData data = data(number);
    BindPhone cutOff =
        bindPhone(
            check,
            new Outage(0, Outage.Beginning.BEFORE_THE_CALL)
                .through(PhoneBindings.class, storage.phoneBindings()));
    for (int i = 0; i < 2 * Sessions.OPEN_DATA_ATTEMPTS; i++) {
      assertThat(
              cutOff.execute(new Command(login.session(), false, new ByEncryptedData(data), false)))
          .isInstanceOf(NotRecorded.class);
    }
    assertThat(phone(user)).isEmpty();
    assertThat(bind(data)).isInstanceOf(Bound.class);
  }

  @Test
  void without_the_storage_no_code_is_exchanged() {
    PhoneCode code = code(number);
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> bind(code));
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> bind(data(number)));
    assertThat(codes.calls()).isZero();
    storage.comeBack();
    assertThat(bind(code)).isInstanceOf(Bound.class);
  }

  private BindPhone bindPhone(EncryptedDataCheck encryptedDataCheck, PhoneBindings phones) {
    return new BindPhone(
        storage.miniPrograms(),
        storage.identities(),
        codes,
        weChat.openData(),
        encryptedDataCheck,
        storage.sessions(),
        phones,
        scene.clock(),
        new SecureRandom());
  }

  private PhoneCode code(PhoneNumber of) {
    return codes.codeFor(scene.app(), alice.openId(), of);
  }

  private PhoneCode code(Logins.Recorded person, PhoneNumber of) {
    return codes.codeFor(scene.app(), scene.openId(person.user().id()), of);
  }

  private EncryptedData data(PhoneNumber of) {
    return data(alice.sessionKey(), of);
  }

  private EncryptedData data(SessionKey key, PhoneNumber of) {
    EncryptedData data = weChat.phone(key, scene.app().appId(), NOW, of);
    check.add(data);
    return data;
  }

  /** Encrypted with the user's session_key, but not by WeChat. */
  private EncryptedData forged(PhoneNumber of) {
    return weChat.phone(alice.sessionKey(), scene.app().appId(), NOW, of);
  }

  private Result bind(PhoneCode code) {
    return bind(login, code, false);
  }

  private Result bind(Logins.Recorded person, PhoneCode code, boolean move) {
    Session session = person.session();
    return bindPhone.execute(new Command(session, false, new ByCode(code), move));
  }

  private Result bind(EncryptedData data) {
    return bind(data, false);
  }

  private Result bind(EncryptedData data, boolean move) {
    return bindPhone.execute(new Command(login.session(), false, new ByEncryptedData(data), move));
  }

  private Optional<PhoneNumber> phone(UserId of) {
    return scene.stored(of).phone().map(BoundPhone::number);
  }
}
