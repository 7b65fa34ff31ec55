package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.phone.PhoneBindings.Binding;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link PhoneBindings} promises. */
public interface PhoneBindingsContract extends StorageContract {
  static Stream<PhoneNumber> numbers() {
    return Stream.of(
        new PhoneNumber("86", "13580006666"),
        new PhoneNumber("1", "2025550123"),
        new PhoneNumber("852", "51234567"),
        new PhoneNumber("1684", "6331234"),
        new PhoneNumber("39", "0612345678"),
        new PhoneNumber("7", "0000"),
        new PhoneNumber("9999", "999999999999999"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  default void a_bound_number_is_returned_and_stored_as_it_is(PhoneNumber number) {
    User user = newUser().user();
    BoundPhone phone = new BoundPhone(number, user.createdAt().plusMillis(501));
    User expected = user.withPhone(Optional.of(phone), phone.at());
    assertThat(
            storage()
                .phoneBindings()
                .bind(user.id(), Sample.tenant(), phone, false, Optional.empty()))
        .isEqualTo(bound(expected));
    assertThat(storage().users().find(user.id())).contains(expected);
    assertThat(expected.updatedAt()).isEqualTo(phone.at());
  }

  @Test
  default void a_user_who_is_not_there_binds_nothing() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    UserId nobody = Sample.userId();
    assertThat(bind(nobody, tenant, number, true)).isEqualTo(new Binding.NoUser());
    assertThat(storage().users().find(nobody)).isEmpty();
    assertBound(bind(newUser().user().id(), tenant, number, false));
  }

  @Test
  default void a_number_belongs_to_one_user_of_a_tenant() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    UserId owner = newUser().user().id();
    bind(owner, tenant, number, false);
    User ownerBefore = stored(owner);
    User other = newUser().user();
    assertThat(bind(other.id(), tenant, number, false)).isEqualTo(new Binding.Taken());
    assertThat(stored(owner)).isEqualTo(ownerBefore);
    assertThat(stored(other.id())).isEqualTo(other);
  }

  @Test
  default void who_is_refused_a_number_keeps_the_one_they_have() {
    Tenant tenant = Sample.tenant();
    PhoneNumber taken = Sample.phoneNumber();
    bind(newUser().user().id(), tenant, taken, false);
    User user = newUser().user();
    bind(user.id(), tenant, Sample.phoneNumber(), false);
    User before = stored(user.id());
    assertThat(bind(user.id(), tenant, taken, false)).isEqualTo(new Binding.Taken());
    assertThat(stored(user.id())).isEqualTo(before);
  }

  @Test
  default void another_tenants_users_may_have_the_same_number() {
    PhoneNumber number = Sample.phoneNumber();
    UserId one = newUser().user().id();
    UserId other = newUser().user().id();
    assertBound(bind(one, Sample.tenant(), number, false));
    assertThat(bind(other, Sample.tenant(), number, true))
        .isInstanceOfSatisfying(
            Binding.Bound.class, bound -> assertThat(bound.movedFrom()).isEmpty());
    assertThat(numberOf(one)).contains(number);
    assertThat(numberOf(other)).contains(number);
  }

  @Test
  default void tenants_that_differ_only_in_case_are_two() {
    PhoneNumber number = Sample.phoneNumber();
    String name = "Aa" + Sample.text(62);
    bind(newUser().user().id(), new Tenant(name), number, false);
    assertBound(bind(newUser().user().id(), new Tenant("aa" + name.substring(2)), number, false));
  }

  @Test
  default void a_number_that_the_user_has_already_changes_nothing() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    User user = newUser().user();
    bind(user.id(), tenant, number, false);
    User before = stored(user.id());
    for (boolean move : List.of(false, true)) {
      BoundPhone again = new BoundPhone(number, before.updatedAt().plusSeconds(1));
      assertThat(storage().phoneBindings().bind(user.id(), tenant, again, move, Optional.empty()))
          .isEqualTo(bound(before));
      assertThat(stored(user.id())).isEqualTo(before);
    }
  }

  @Test
  default void another_number_replaces_the_first_which_is_anybodys_again() {
    Tenant tenant = Sample.tenant();
    PhoneNumber first = Sample.phoneNumber();
    PhoneNumber second = Sample.phoneNumber();
    UserId user = newUser().user().id();
    bind(user, tenant, first, false);
    assertBound(bind(user, tenant, second, false));
    assertThat(numberOf(user)).contains(second);
    assertBound(bind(newUser().user().id(), tenant, first, false));
    assertThat(bind(newUser().user().id(), tenant, second, false)).isEqualTo(new Binding.Taken());
  }

  @Test
  default void a_number_bound_for_another_tenant_is_no_longer_the_users_in_the_first() {
    Tenant first = Sample.tenant();
    Tenant second = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    UserId user = newUser().user().id();
    bind(user, first, number, false);
    assertBound(bind(user, second, number, false));
    assertThat(numberOf(user)).contains(number);
    assertBound(bind(newUser().user().id(), first, number, false));
    assertThat(bind(newUser().user().id(), second, number, false)).isEqualTo(new Binding.Taken());
  }

  @Test
  default void a_moved_number_leaves_its_owner_and_nothing_else_does() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    User owner = newUser().user();
    named(owner.id());
    bind(owner.id(), tenant, number, false);
    User ownerBefore = stored(owner.id());
    User taker = newUser().user();
    BoundPhone phone = new BoundPhone(number, Sample.now().plusSeconds(9));
    User expected = taker.withPhone(Optional.of(phone), phone.at());
    assertThat(storage().phoneBindings().bind(taker.id(), tenant, phone, true, Optional.empty()))
        .isEqualTo(new Binding.Bound(expected, Optional.of(owner.id()), Optional.empty()));
    assertThat(stored(taker.id())).isEqualTo(expected);
    assertThat(stored(owner.id())).isEqualTo(ownerBefore.withPhone(Optional.empty(), phone.at()));
    assertThat(bind(owner.id(), tenant, number, false)).isEqualTo(new Binding.Taken());
  }

  @Test
  default void to_move_a_number_that_nobody_has_is_to_bind_it() {
    UserId user = newUser().user().id();
    assertThat(bind(user, Sample.tenant(), Sample.phoneNumber(), true))
        .isEqualTo(bound(stored(user)));
  }

  @Test
  default void the_number_of_an_erased_account_is_anybodys() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    Visitor gone = newVisitor();
    bind(gone.id(), tenant, number, false);
    eraseAccount(gone, Sample.now());
    UserId user = newUser().user().id();
    assertThat(bind(user, tenant, number, false)).isEqualTo(bound(stored(user)));
  }

  @Test
  default void a_number_that_is_taken_away_is_anybodys() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    UserId user = newUser().user().id();
    bind(user, tenant, number, false);
    User bound = stored(user);
    Instant at = bound.updatedAt().plusSeconds(1);
    User expected = bound.withPhone(Optional.empty(), at);
    assertThat(storage().phoneBindings().unbind(user, at)).contains(expected);
    assertThat(stored(user)).isEqualTo(expected);
    assertThat(expected.updatedAt()).isEqualTo(at);
    assertBound(bind(newUser().user().id(), tenant, number, false));
  }

  @Test
  default void taking_away_a_number_that_is_not_there_changes_nothing() {
    User user = newUser().user();
    assertThat(storage().phoneBindings().unbind(user.id(), user.updatedAt().plusSeconds(1)))
        .contains(user);
    assertThat(stored(user.id())).isEqualTo(user);
    assertThat(storage().phoneBindings().unbind(Sample.userId(), Sample.now())).isEmpty();
  }

  @Test
  default void of_users_who_bind_one_number_at_once_one_gets_it() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    List<UserId> users = newUsers(8);
    List<Binding> bindings = AtOnce.run(8, i -> bind(users.get(i), tenant, number, false));
    assertThat(bindings).filteredOn(Binding.Bound.class::isInstance).hasSize(1);
    assertThat(bindings).filteredOn(Binding.Taken.class::isInstance).hasSize(7);
    assertThat(users)
        .allSatisfy(
            user ->
                assertThat(numberOf(user).isPresent())
                    .isEqualTo(bindings.get(users.indexOf(user)) instanceof Binding.Bound));
  }

  @Test
  default void of_users_who_move_one_number_to_them_at_once_one_has_it_in_the_end() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    List<UserId> users = newUsers(8);
    bind(users.getFirst(), tenant, number, false);
    AtOnce.run(8, i -> bind(users.get(i), tenant, number, true)).forEach(this::assertBound);
    assertThat(users).filteredOn(user -> numberOf(user).isPresent()).hasSize(1);
    assertThat(bind(newUser().user().id(), tenant, number, false)).isEqualTo(new Binding.Taken());
  }

  @Test
  default void two_users_who_swap_their_numbers_at_once_have_swapped_them() {
    // Each takes what the other has: adapters that lock rows may deadlock here.
    for (int round = 0; round < 8; round++) {
      Tenant tenant = Sample.tenant();
      List<UserId> users = newUsers(2);
      List<PhoneNumber> numbers = List.of(Sample.phoneNumber(), Sample.phoneNumber());
      for (int i = 0; i < 2; i++) {
        bind(users.get(i), tenant, numbers.get(i), false);
      }
      AtOnce.run(2, i -> bind(users.get(i), tenant, numbers.get(1 - i), true))
          .forEach(this::assertBound);
      assertThat(numberOf(users.get(0))).contains(numbers.get(1));
      assertThat(numberOf(users.get(1))).contains(numbers.get(0));
    }
  }

  @Test
  default void of_numbers_that_a_user_binds_at_once_one_stays_and_the_others_are_anybodys() {
    Tenant tenant = Sample.tenant();
    UserId user = newUser().user().id();
    List<PhoneNumber> numbers = Stream.generate(Sample::phoneNumber).limit(8).toList();
    AtOnce.run(8, i -> bind(user, tenant, numbers.get(i), false)).forEach(this::assertBound);
    PhoneNumber kept = numberOf(user).orElseThrow();
    UserId other = newUser().user().id();
    for (PhoneNumber number : numbers) {
      assertThat(bind(other, tenant, number, false) instanceof Binding.Taken)
          .isEqualTo(number.equals(kept));
    }
  }

  @Test
  default void a_profile_and_a_number_that_change_at_once_lose_neither() {
    for (int round = 0; round < 8; round++) {
      UserId user = newUser().user().id();
      PhoneNumber number = Sample.phoneNumber();
      AtOnce.run(2, i -> i == 0 ? named(user) : bind(user, Sample.tenant(), number, false));
      assertThat(stored(user).profile().value(ProfileField.NICKNAME)).contains("Ann");
      assertThat(numberOf(user)).contains(number);
    }
  }

  @Test
  default void a_deleted_user_binds_no_number_and_has_none_to_take_away() {
    Visitor visitor = newVisitor();
    bind(visitor.id(), Sample.tenant(), Sample.phoneNumber(), false);
    Instant at = Sample.now();
    eraseAccount(visitor, at);
    User deleted = stored(visitor.id());
    assertThat(bind(visitor.id(), Sample.tenant(), Sample.phoneNumber(), false))
        .isEqualTo(new Binding.NoUser());
    assertThat(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation(visitor)))
        .isEqualTo(new Binding.NoUser());
    assertThat(storage().phoneBindings().unbind(visitor.id(), at.plusMillis(1))).isEmpty();
    assertThat(stored(visitor.id())).isEqualTo(deleted);
  }

  // A new token for the session that asks

  @Test
  default void with_the_number_the_session_gets_a_new_token_and_the_old_one_is_dead() {
    MiniProgram app =
        saved(Sample.miniProgram(new SessionLifetimes(Duration.ofHours(1), Duration.ofDays(3))));
    Logins.Recorded login = logIn(app, Sample.identity(), Sample.device(), Sample.now());
    Session old = login.session();
    Instant at = old.createdAt().plus(Duration.ofMinutes(59));
    Rotation rotation = new Rotation(old, Sample.sessionId(), Sample.token(), app.lifetimes(), at);
    Session renewed =
        new Session(
            rotation.id(),
            old.family(),
            old.userId(),
            old.appId(),
            old.device(),
            old.createdAt(),
            at,
            at.plus(Duration.ofHours(1)),
            old.absoluteExpiresAt(),
            old.epoch(),
            Optional.empty());
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), at);
    User expected = login.user().withPhone(Optional.of(phone), at);
    assertThat(
            storage()
                .phoneBindings()
                .bind(expected.id(), Sample.tenant(), phone, false, Optional.of(rotation)))
        .isEqualTo(new Binding.Bound(expected, Optional.empty(), Optional.of(renewed)));
    assertThat(stored(expected.id())).isEqualTo(expected);
    assertThat(found(login).session())
        .isEqualTo(old.endedBy(new Session.Ending(at, EndReason.REPLACED)));
    assertThat(found(login).endedAt(at)).contains(EndReason.REPLACED);
    assertThat(held(rotation)).isEqualTo(new Sessions.Held(renewed, expected.standing()));
    assertThat(storage().sessions().ofUser(expected.id(), at)).containsExactly(renewed);
  }

  @Test
  default void a_renewed_session_is_a_session_like_any_other() {
    Visitor visitor = newVisitor();
    Rotation rotation = rotation(visitor);
    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation));
    Session renewed = rotation.renewed();
    Session used =
        renewed.usedAt(rotation.at().plus(Duration.ofMinutes(10)), SessionLifetimes.DEFAULT);
    assertThat(storage().sessions().slide(renewed, used)).isTrue();
    assertThat(held(rotation).session()).isEqualTo(used);
    assertThat(storage().sessions().takeAttempt(renewed.id())).isTrue();
    Instant at = used.lastSeenAt();
    assertThat(storage().sessions().end(visitor.id(), renewed.id(), at, EndReason.SIGNED_OUT))
        .isTrue();
    assertThat(held(rotation).endedAt(at)).contains(EndReason.SIGNED_OUT);
  }

  @Test
  default void a_renewed_session_can_be_renewed_and_ends_with_its_family() {
    Visitor visitor = newVisitor();
    Rotation first = rotation(visitor);
    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), first));
    Rotation second = rotation(first.renewed(), first.at().plusMillis(1));
    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), second));
    assertThat(held(first).endedAt(second.at())).contains(EndReason.REPLACED);
    assertThat(held(second).endedAt(second.at())).isEmpty();
    Instant theft = second.at().plus(Duration.ofMinutes(1));
    assertThat(storage().sessions().endFamily(found(visitor.login()).session(), theft))
        .isEqualTo(1);
    assertThat(held(second).endedAt(theft)).contains(EndReason.REVOKED);
    assertThat(held(first).endedAt(theft)).contains(EndReason.REPLACED);
  }

  @Test
  default void a_new_token_leaves_the_users_other_sessions() {
    Visitor visitor = newVisitor();
    Logins.Recorded other =
        logIn(visitor.app(), Sample.identity(visitor.openId()), Sample.device(), Sample.now());
    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation(visitor)));
    assertThat(found(other).session()).isEqualTo(other.session());
  }

  @Test
  default void a_number_that_the_user_has_already_changes_no_token() {
    Visitor visitor = newVisitor();
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    bind(visitor.id(), tenant, number, false);
    User before = stored(visitor.id());
    Rotation rotation = rotation(visitor);
    assertThat(bind(visitor.login(), tenant, number, rotation)).isEqualTo(bound(before));
    assertNothingChanged(visitor.login(), before, rotation);
  }

  @Test
  default void a_number_that_another_user_has_changes_no_token() {
    Visitor visitor = newVisitor();
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    bind(newUser().user().id(), tenant, number, false);
    Rotation rotation = rotation(visitor);
    assertThat(bind(visitor.login(), tenant, number, rotation)).isEqualTo(new Binding.Taken());
    assertNothingChanged(visitor.login(), visitor.login().user(), rotation);
  }

  @Test
  default void a_number_that_is_moved_changes_the_token_of_the_one_who_asks_alone() {
    Tenant tenant = Sample.tenant();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    Logins.Recorded owner = newUser();
    bind(owner.user().id(), tenant, phone.number(), false);
    Visitor taker = newVisitor();
    Rotation rotation = rotation(taker);
    Binding binding =
        storage().phoneBindings().bind(taker.id(), tenant, phone, true, Optional.of(rotation));
    assertThat(binding)
        .isEqualTo(
            new Binding.Bound(
                stored(taker.id()),
                Optional.of(owner.user().id()),
                Optional.of(rotation.renewed())));
    assertThat(found(owner).session()).isEqualTo(owner.session());
    assertThat(found(taker.login()).endedAt(rotation.at())).contains(EndReason.REPLACED);
  }

  @Test
  default void a_session_that_has_ended_binds_nothing() {
    Visitor visitor = newVisitor();
    Rotation rotation = rotation(visitor);
    storage()
        .sessions()
        .end(visitor.id(), rotation.old().id(), rotation.at(), EndReason.SIGNED_OUT);
    assertOver(visitor, rotation);
  }

  @Test
  default void a_session_that_has_expired_binds_nothing() {
    Visitor visitor = newVisitor();
    Session session = visitor.login().session();
    assertOver(visitor, rotation(session, session.idleExpiresAt()));
  }

  @Test
  default void a_session_that_is_about_to_end_binds_nothing() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant at = Sample.now();
    Logins.Recorded old = logIn(app, person, device, at);
    Logins.Recorded next = logIn(app, person, device, at.plusMillis(1));
    assertOver(new Visitor(app, person.openId(), old), rotation(old.session(), at.plusMillis(2)));
    assertThat(found(next).session()).isEqualTo(next.session());
  }

  @Test
  default void a_session_that_ended_with_all_others_binds_nothing() {
    Visitor visitor = newVisitor();
    Rotation rotation = rotation(visitor);
    storage().sessions().endAll(visitor.id(), Actor.operator("ann"), rotation.at());
    assertOver(visitor, rotation);
  }

  @Test
  default void a_session_that_was_renewed_binds_nothing_more() {
    Visitor visitor = newVisitor();
    Rotation first = rotation(visitor);
    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), first));
    assertOver(visitor, rotation(first.old(), first.at().plusMillis(1)));
    assertThat(held(first).session()).isEqualTo(first.renewed());
  }

  @Test
  default void a_session_that_is_not_known_binds_nothing() {
    Visitor visitor = newVisitor();
    Session session = visitor.login().session();
    Session unknown =
        session.renewed(Sample.sessionId(), session.createdAt(), SessionLifetimes.DEFAULT);
    assertOver(visitor, rotation(unknown, session.createdAt().plusMillis(1)));
  }

  /** Neither a free number nor one that would be moved. */
  @Test
  default void a_new_token_brings_no_new_attempts_at_open_data() {
    Visitor visitor = newVisitor();
    Rotation rotation = rotation(visitor);
    for (int i = 0; i < Sessions.OPEN_DATA_ATTEMPTS - 1; i++) {
      assertThat(storage().sessions().takeAttempt(rotation.old().id())).isTrue();
    }

    assertBound(bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation));

    assertThat(storage().sessions().takeAttempt(rotation.id())).isTrue();
    assertThat(storage().sessions().takeAttempt(rotation.id())).isFalse();
  }

  private void assertOver(Visitor visitor, Rotation rotation) {
    Tenant tenant = Sample.tenant();
    PhoneNumber free = Sample.phoneNumber();
    PhoneNumber had = Sample.phoneNumber();
    Logins.Recorded owner = newUser();
    bind(owner.user().id(), tenant, had, false);
    User ownerBefore = stored(owner.user().id());
    User before = stored(visitor.id());
    Session session = found(visitor.login()).session();
    for (PhoneNumber number : List.of(free, had)) {
      BoundPhone phone = new BoundPhone(number, rotation.at());
      assertThat(
              storage()
                  .phoneBindings()
                  .bind(visitor.id(), tenant, phone, true, Optional.of(rotation)))
          .isEqualTo(new Binding.SessionOver());
    }
    assertThat(stored(visitor.id())).isEqualTo(before);
    assertThat(stored(owner.user().id())).isEqualTo(ownerBefore);
    assertThat(found(visitor.login()).session()).isEqualTo(session);
    assertThat(storage().sessions().findStored(rotation.token())).isEmpty();
    assertBound(bind(newUser().user().id(), tenant, free, false));
  }

  @Test
  default void of_numbers_that_are_bound_at_once_with_one_token_one_is() {
    Visitor visitor = newVisitor();
    Tenant tenant = Sample.tenant();
    List<PhoneNumber> numbers = Stream.generate(Sample::phoneNumber).limit(8).toList();
    List<Rotation> rotations = Stream.generate(() -> rotation(visitor)).limit(8).toList();
    List<Binding> bindings =
        AtOnce.run(8, i -> bind(visitor.login(), tenant, numbers.get(i), rotations.get(i)));
    assertThat(bindings).filteredOn(Binding.Bound.class::isInstance).hasSize(1);
    assertThat(bindings).filteredOn(new Binding.SessionOver()::equals).hasSize(7);
    int winner =
        IntStream.range(0, 8)
            .filter(i -> bindings.get(i) instanceof Binding.Bound)
            .findFirst()
            .orElseThrow();
    assertThat(numberOf(visitor.id())).contains(numbers.get(winner));
    Rotation won = rotations.get(winner);
    assertThat(storage().sessions().ofUser(visitor.id(), won.at().plusSeconds(1)))
        .containsExactly(won.renewed());
    assertThat(rotations)
        .filteredOn(rotation -> storage().sessions().findStored(rotation.token()).isPresent())
        .containsExactly(won);
  }

  @Test
  default void a_number_that_is_bound_at_once_with_one_token_gives_one_new_token() {
    Visitor visitor = newVisitor();
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    List<Rotation> rotations = Stream.generate(() -> rotation(visitor)).limit(8).toList();
    List<Binding> bindings =
        AtOnce.run(8, i -> bind(visitor.login(), tenant, number, rotations.get(i)));
    assertThat(bindings)
        .filteredOn(
            binding -> binding instanceof Binding.Bound bound && bound.renewed().isPresent())
        .hasSize(1);
    assertThat(numberOf(visitor.id())).contains(number);
    Instant later = rotations.getFirst().at().plusSeconds(1);
    assertThat(storage().sessions().ofUser(visitor.id(), later)).hasSize(1);
  }

  @Test
  default void a_new_token_and_a_login_on_the_same_install_at_once_leave_one_session() {
    for (int round = 0; round < 8; round++) {
      MiniProgram app = newMiniProgram();
      WeChatIdentity person = Sample.identity();
      Device device = Sample.device();
      Instant at = Sample.now();
      Logins.Recorded login = logIn(app, person, device, at);
      Rotation rotation = rotation(login.session(), at.plusMillis(1));
      AtOnce.run(
          2,
          i ->
              i == 0
                  ? logIn(app, person, device, at.plusMillis(1))
                  : bind(login, Sample.tenant(), Sample.phoneNumber(), rotation));
      Instant later = rotation.at().plus(Session.TAIL);
      assertThat(storage().sessions().ofUser(login.user().id(), later)).hasSize(1);
    }
  }

  @Test
  default void a_new_token_does_not_outlive_the_end_of_all_sessions_at_once() {
    for (int round = 0; round < 8; round++) {
      Visitor visitor = newVisitor();
      Rotation rotation = rotation(visitor);
      AtOnce.run(
          2,
          i ->
              i == 0
                  ? storage().sessions().endAll(visitor.id(), Actor.operator("ann"), rotation.at())
                  : bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation));
      assertThat(storage().sessions().ofUser(visitor.id(), rotation.at())).isEmpty();
    }
  }

  @Test
  default void a_new_token_and_the_end_of_its_session_at_once_are_not_both_had() {
    for (int round = 0; round < 8; round++) {
      Visitor visitor = newVisitor();
      Rotation rotation = rotation(visitor);
      Session old = rotation.old();
      List<Boolean> done =
          AtOnce.run(
              2,
              i ->
                  i == 0
                      ? storage()
                          .sessions()
                          .end(visitor.id(), old.id(), rotation.at(), EndReason.SIGNED_OUT)
                      : bind(visitor.login(), Sample.tenant(), Sample.phoneNumber(), rotation)
                          instanceof Binding.Bound);
      assertThat(done).containsOnlyOnce(true);
      assertThat(storage().sessions().ofUser(visitor.id(), rotation.at()))
          .hasSize(done.get(1) ? 1 : 0);
    }
  }

  @Test
  default void numbers_of_an_unreachable_storage_are_neither_bound_nor_not() {
    Visitor visitor = newVisitor();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    Rotation rotation = rotation(visitor);
    assertUnavailable(
        phones -> phones.bind(visitor.id(), Sample.tenant(), phone, false, Optional.of(rotation)));
    assertUnavailable(phones -> phones.unbind(visitor.id(), Sample.now()));
    assertNothingChanged(visitor.login(), visitor.login().user(), rotation);
  }

  private void assertUnavailable(Consumer<PhoneBindings> call) {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> call.accept(unreachableStorage().phoneBindings()));
  }

  private void assertNothingChanged(Logins.Recorded login, User user, Rotation rotation) {
    assertThat(stored(user.id())).isEqualTo(user);
    assertThat(found(login).session()).isEqualTo(login.session());
    assertThat(storage().sessions().findStored(rotation.token())).isEmpty();
  }

  private static Rotation rotation(Visitor visitor) {
    Session session = visitor.login().session();
    return rotation(session, session.createdAt().plusMillis(1));
  }

  private static Rotation rotation(Session old, Instant at) {
    return new Rotation(old, Sample.sessionId(), Sample.token(), SessionLifetimes.DEFAULT, at);
  }

  private Sessions.Held held(Rotation rotation) {
    Sessions.Held stored = storage().sessions().findStored(rotation.token()).orElseThrow();
    assertThat(storage().sessions().find(rotation.token())).contains(stored);
    return stored;
  }

  // What the audit log says

  @Test
  default void what_becomes_of_a_number_is_in_the_audit_log() {
    Tenant tenant = Sample.tenant();
    UserId from = newUser().user().id();
    UserId to = newUser().user().id();
    Instant at = Sample.now().plusSeconds(1);
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), at);
    BoundPhone other = new BoundPhone(Sample.phoneNumber(), at.plusMillis(1));
    BoundPhone later = new BoundPhone(phone.number(), at.plusMillis(2));
    PhoneBindings phones = storage().phoneBindings();
    phones.bind(from, tenant, phone, false, Optional.empty());
    phones.bind(from, tenant, phone, false, Optional.empty());
    phones.bind(to, tenant, phone, false, Optional.empty());
    phones.bind(to, tenant, other, false, Optional.empty());
    phones.bind(to, tenant, later, true, Optional.empty());
    phones.unbind(to, at.plusMillis(3));
    phones.unbind(to, at.plusMillis(4));

    assertThat(phoneEvents(from))
        .containsExactly(
            AuditEvent.of(Kind.PHONE_BOUND, Actor.USER, at).withUser(from).with("replaces", false),
            AuditEvent.of(Kind.PHONE_MOVED, Actor.USER, at.plusMillis(2))
                .withUser(from)
                .with("moved-to", to));
    assertThat(phoneEvents(to))
        .containsExactly(
            AuditEvent.of(Kind.PHONE_BOUND, Actor.USER, at.plusMillis(1))
                .withUser(to)
                .with("replaces", false),
            AuditEvent.of(Kind.PHONE_BOUND, Actor.USER, at.plusMillis(2))
                .withUser(to)
                .with("replaces", true)
                .with("moved-from", from),
            AuditEvent.of(Kind.PHONE_UNBOUND, Actor.USER, at.plusMillis(3)).withUser(to));
  }

  private List<AuditEvent> phoneEvents(UserId user) {
    return auditOf(user).stream()
        .filter(event -> event.kind().name().startsWith("PHONE_"))
        .toList();
  }

  private List<UserId> newUsers(int count) {
    return Stream.generate(() -> newUser().user().id()).limit(count).toList();
  }

  private Binding bind(UserId user, Tenant tenant, PhoneNumber number, boolean move) {
    BoundPhone phone = new BoundPhone(number, Sample.now());
    return storage().phoneBindings().bind(user, tenant, phone, move, Optional.empty());
  }

  private Binding bind(
      Logins.Recorded login, Tenant tenant, PhoneNumber number, Rotation rotation) {
    BoundPhone phone = new BoundPhone(number, rotation.at());
    return storage()
        .phoneBindings()
        .bind(login.user().id(), tenant, phone, false, Optional.of(rotation));
  }

  private void assertBound(Binding binding) {
    assertThat(binding).isInstanceOf(Binding.Bound.class);
  }

  private static Binding bound(User user) {
    return new Binding.Bound(user, Optional.empty(), Optional.empty());
  }

  private Optional<PhoneNumber> numberOf(UserId user) {
    return stored(user).phone().map(BoundPhone::number);
  }

  private User named(UserId user) {
    return storage()
        .users()
        .changeProfile(
            user,
            new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("Ann"))),
            Profile.Source.USER,
            Sample.now())
        .orElseThrow();
  }
}
