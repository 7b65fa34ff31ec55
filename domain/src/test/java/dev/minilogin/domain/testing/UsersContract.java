package dev.minilogin.domain.testing;

import static dev.minilogin.domain.user.Profile.Source.OPERATOR;
import static dev.minilogin.domain.user.Profile.Source.USER;
import static dev.minilogin.domain.user.Profile.Source.WECHAT;
import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.COUNTRY;
import static dev.minilogin.domain.user.ProfileField.GENDER;
import static dev.minilogin.domain.user.ProfileField.LANGUAGE;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static dev.minilogin.domain.user.ProfileField.PROVINCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users.Binding;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link dev.minilogin.domain.user.Users} promises. */
public interface UsersContract extends StorageContract {
  @Test
  default void an_unknown_id_finds_nobody() {
    assertThat(storage().users().find(Sample.userId())).isEmpty();
  }

  @Test
  default void a_new_user_is_found_as_the_login_made_it() {
    Instant at = Instant.parse("2026-03-01T10:20:30.999Z");
    User user =
        logIn(
                Sample.newLogin(
                    newMiniProgram(), Sample.identity(), Device.UNKNOWN, Optional.empty(), at))
            .user();
    assertThat(user).isEqualTo(User.firstSeen(user.id(), at));
    assertThat(storage().users().find(user.id())).contains(user);
  }

  @Test
  default void changing_the_profile_of_an_unknown_user_changes_nothing() {
    UserId nobody = Sample.userId();
    assertThat(change(nobody, set(NICKNAME, "Nobody"), Sample.now())).isEmpty();
    assertThat(storage().users().find(nobody)).isEmpty();
  }

  @Test
  default void a_change_is_returned_and_stored_with_its_provenance() {
    User user = newUser().user();
    Instant first = user.createdAt().plusMillis(1);
    Instant second = user.createdAt().plusMillis(999);
    Instant third = user.createdAt().plus(Duration.ofDays(400)).plusMillis(500);
    storage().users().changeProfile(user.id(), set(NICKNAME, "Ann"), USER, first);
    storage().users().changeProfile(user.id(), set(CITY, "Shenzhen"), WECHAT, second);
    Optional<User> changed =
        storage().users().changeProfile(user.id(), set(GENDER, "2"), OPERATOR, third);

    Profile expected =
        new Profile(
            Map.of(
                NICKNAME, new Known("Ann", USER, first),
                CITY, new Known("Shenzhen", WECHAT, second),
                GENDER, new Known("2", OPERATOR, third)));
    assertThat(changed)
        .contains(new User(user.id(), User.Status.ACTIVE, 0, expected, user.createdAt(), third));
    assertThat(storage().users().find(user.id())).isEqualTo(changed);
  }

  @Test
  default void several_fields_change_in_one_step() {
    User user = newUser().user();
    Map<ProfileField, Optional<String>> values = new EnumMap<>(ProfileField.class);
    values.put(NICKNAME, Optional.of("Ann"));
    values.put(AVATAR_URL, Optional.of("https://example.com/a.png?size=132&v=1"));
    values.put(GENDER, Optional.of("1"));
    values.put(PROVINCE, Optional.of("广东省"));
    values.put(CITY, Optional.of("深圳市"));
    values.put(COUNTRY, Optional.of("CN"));
    values.put(LANGUAGE, Optional.of("zh_CN"));
    change(user.id(), new ProfileChange(values), Sample.now());
    assertThat(values(user.id()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                NICKNAME, "Ann",
                AVATAR_URL, "https://example.com/a.png?size=132&v=1",
                GENDER, "1",
                PROVINCE, "广东省",
                CITY, "深圳市",
                COUNTRY, "CN",
                LANGUAGE, "zh_CN"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "😀🚀",
        "𠮷野家𪚥",
        "👨‍👩‍👧‍👦 家",
        "🇨🇳🏳️‍🌈",
        "é",
        "e\u0301",
        "ß ſ İ ı",
        "مرحبا",
        "ไทย",
        " spaces around ",
        "a  b",
        "'; DROP TABLE users; -- \\ \" % _",
        "\\u0041 \\n {} $1 ?1 :name",
        "<b>&amp;</b>",
        "\uFFFD\u200B\u2028"
      })
  default void a_text_comes_back_code_point_for_code_point(String nickname) {
    User user = newUser().user();
    change(user.id(), set(NICKNAME, nickname), Sample.now());
    assertThat(values(user.id())).containsEntry(NICKNAME, nickname);
  }

  @Test
  default void the_longest_values_that_the_domain_allows_are_kept_whole() {
    User user = newUser().user();
    Map<ProfileField, Optional<String>> values =
        Map.of(
            NICKNAME, Optional.of("𠮷".repeat(NICKNAME.longest())),
            AVATAR_URL, Optional.of("https://example.com/" + "a".repeat(492)),
            PROVINCE, Optional.of("😀".repeat(PROVINCE.longest())),
            CITY, Optional.of("𪚥".repeat(CITY.longest())),
            COUNTRY, Optional.of("国".repeat(COUNTRY.longest())),
            LANGUAGE, Optional.of("é".repeat(LANGUAGE.longest())));
    change(user.id(), new ProfileChange(values), Sample.now());
    values.forEach(
        (field, value) -> assertThat(values(user.id())).containsEntry(field, value.orElseThrow()));
  }

  @Test
  default void texts_that_differ_only_in_case_accent_or_a_trailing_space_are_different_values() {
    User user = newUser().user();
    Instant at = user.createdAt();
    for (String nickname : List.of("bob", "Bob", "Bób", "Bób ", "Bo\u0301b ")) {
      at = at.plusMillis(1);
      change(user.id(), set(NICKNAME, nickname), at);
      assertThat(storage().users().find(user.id()).orElseThrow().profile().known())
          .containsExactly(Map.entry(NICKNAME, new Known(nickname, USER, at)));
    }
  }

  @Test
  default void a_value_that_is_known_already_changes_nothing_at_all() {
    User user = newUser().user();
    Optional<User> before = change(user.id(), set(NICKNAME, "Ann"), user.createdAt().plusMillis(1));
    Optional<User> after =
        storage()
            .users()
            .changeProfile(
                user.id(), set(NICKNAME, "Ann"), OPERATOR, user.createdAt().plusMillis(2));
    assertThat(after).isEqualTo(before);
    assertThat(storage().users().find(user.id())).isEqualTo(before);
  }

  @Test
  default void a_placeholder_changes_nothing_at_all() {
    User user = newUser().user();
    Optional<User> before = change(user.id(), set(NICKNAME, "Ann"), user.createdAt().plusMillis(1));
    ProfileChange placeholders =
        new ProfileChange(
            Map.of(
                NICKNAME, Optional.of("微信用户"),
                GENDER, Optional.of("0"),
                CITY, Optional.of("")));
    assertThat(change(user.id(), placeholders, user.createdAt().plusMillis(2))).isEqualTo(before);
    assertThat(storage().users().find(user.id())).isEqualTo(before);
  }

  @Test
  default void clearing_forgets_a_field_and_no_other() {
    User user = newUser().user();
    change(user.id(), set(NICKNAME, "Ann"), Sample.now());
    change(user.id(), set(CITY, "Shenzhen"), Sample.now());
    change(user.id(), clear(NICKNAME), Sample.now());
    assertThat(values(user.id())).isEqualTo(Map.of(CITY, "Shenzhen"));
  }

  @Test
  default void clearing_what_is_not_known_changes_nothing_at_all() {
    User user = newUser().user();
    assertThat(change(user.id(), clear(NICKNAME), user.createdAt().plusMillis(1))).contains(user);
    assertThat(storage().users().find(user.id())).contains(user);
  }

  @Test
  default void a_cleared_field_can_be_set_again() {
    User user = newUser().user();
    change(user.id(), set(NICKNAME, "Ann"), user.createdAt().plusMillis(1));
    change(user.id(), clear(NICKNAME), user.createdAt().plusMillis(2));
    Instant again = user.createdAt().plusMillis(3);
    change(user.id(), set(NICKNAME, "Ann"), again);
    assertThat(storage().users().find(user.id()).orElseThrow().profile().known())
        .containsExactly(Map.entry(NICKNAME, new Known("Ann", USER, again)));
  }

  @Test
  default void parallel_changes_of_different_fields_lose_none() {
    User user = newUser().user();
    List<ProfileChange> changes =
        List.of(
            set(NICKNAME, "Ann"),
            set(AVATAR_URL, "https://example.com/a.png"),
            set(GENDER, "2"),
            set(PROVINCE, "Guangdong"),
            set(CITY, "Shenzhen"),
            set(COUNTRY, "CN"),
            set(LANGUAGE, "en"));
    AtOnce.run(changes.size(), i -> change(user.id(), changes.get(i), Sample.now()));
    assertThat(values(user.id()))
        .isEqualTo(
            Map.of(
                NICKNAME, "Ann",
                AVATAR_URL, "https://example.com/a.png",
                GENDER, "2",
                PROVINCE, "Guangdong",
                CITY, "Shenzhen",
                COUNTRY, "CN",
                LANGUAGE, "en"));
  }

  @Test
  default void of_parallel_changes_of_one_field_one_is_kept_whole() {
    User user = newUser().user();
    Instant start = user.createdAt();
    AtOnce.run(16, i -> change(user.id(), set(CITY, "city " + i), start.plusMillis(i)));
    Known kept = storage().users().find(user.id()).orElseThrow().profile().known().get(CITY);
    long winner = kept.since().toEpochMilli() - start.toEpochMilli();
    assertThat(kept).isEqualTo(new Known("city " + winner, USER, start.plusMillis(winner)));
    assertThat(winner).isBetween(0L, 15L);
  }

  @Test
  default void a_change_leaves_other_users_alone() {
    User other = newUser().user();
    change(newUser().user().id(), set(NICKNAME, "Ann"), Sample.now());
    assertThat(storage().users().find(other.id())).contains(other);
  }

  @Test
  default void a_value_that_the_domain_refuses_never_gets_here() {
    User user = newUser().user();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change(user.id(), set(NICKNAME, "n".repeat(33)), Sample.now()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change(user.id(), set(GENDER, "3"), Sample.now()));
    assertThat(storage().users().find(user.id())).contains(user);
  }

  @Test
  default void a_changed_field_is_no_longer_under_review_and_others_are() {
    Visitor visitor = newVisitor();
    FieldReview nickname = submit(visitor, NICKNAME, "Reviewed");
    FieldReview avatar = submit(visitor, AVATAR_URL, "https://example.com/a.png");
    User user = stored(visitor.id());
    assertThat(user.reviews()).isEqualTo(Map.of(NICKNAME, nickname, AVATAR_URL, avatar));

    assertThat(change(user.id(), set(CITY, "Shenzhen"), Sample.now()).orElseThrow().reviews())
        .isEqualTo(user.reviews());
    assertThat(change(user.id(), set(NICKNAME, "微信用户"), Sample.now()).orElseThrow().reviews())
        .isEqualTo(user.reviews());
    assertThat(change(user.id(), set(NICKNAME, "Own"), Sample.now()).orElseThrow().reviews())
        .isEqualTo(Map.of(AVATAR_URL, avatar));
    assertThat(change(user.id(), clear(AVATAR_URL), Sample.now()).orElseThrow().reviews())
        .isEmpty();
    assertThat(stored(user.id()).reviews()).isEmpty();
  }

  @Test
  default void a_deleted_user_is_found_as_deleted_and_changes_no_more() {
    Visitor visitor = newVisitor();
    change(visitor.id(), set(NICKNAME, "Ann"), Sample.now());
    bind(visitor.id(), Sample.phoneNumber());
    submit(visitor, AVATAR_URL, "https://example.com/a.png");
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    eraseAccount(visitor, at);
    User deleted = before.deleted(at);
    assertThat(storage().users().find(visitor.id())).contains(deleted);
    assertThat(change(visitor.id(), set(NICKNAME, "Ann"), at.plusMillis(1))).isEmpty();
    assertThat(bind(visitor.id(), Sample.phoneNumber())).isEqualTo(new Binding.NoUser());
    assertThat(storage().users().unbindPhone(visitor.id(), at.plusMillis(1))).isEmpty();
    assertThat(storage().users().find(visitor.id())).contains(deleted);
  }

  // Phone numbers

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
    assertThat(storage().users().bindPhone(user.id(), Sample.tenant(), phone, false))
        .isEqualTo(new Binding.Bound(expected, Optional.empty()));
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
      assertThat(storage().users().bindPhone(user.id(), tenant, again, move))
          .isEqualTo(new Binding.Bound(before, Optional.empty()));
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
    change(owner.id(), set(NICKNAME, "Ann"), owner.createdAt().plusMillis(1));
    bind(owner.id(), tenant, number, false);
    User ownerBefore = stored(owner.id());
    User taker = newUser().user();
    BoundPhone phone = new BoundPhone(number, Sample.now().plusSeconds(9));
    User expected = taker.withPhone(Optional.of(phone), phone.at());
    assertThat(storage().users().bindPhone(taker.id(), tenant, phone, true))
        .isEqualTo(new Binding.Bound(expected, Optional.of(owner.id())));
    assertThat(stored(taker.id())).isEqualTo(expected);
    assertThat(stored(owner.id())).isEqualTo(ownerBefore.withPhone(Optional.empty(), phone.at()));
    assertThat(bind(owner.id(), tenant, number, false)).isEqualTo(new Binding.Taken());
  }

  @Test
  default void to_move_a_number_that_nobody_has_is_to_bind_it() {
    UserId user = newUser().user().id();
    assertThat(bind(user, Sample.tenant(), Sample.phoneNumber(), true))
        .isEqualTo(new Binding.Bound(stored(user), Optional.empty()));
  }

  @Test
  default void the_number_of_an_erased_account_is_anybodys() {
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    Visitor gone = newVisitor();
    bind(gone.id(), tenant, number, false);
    eraseAccount(gone, Sample.now());
    UserId user = newUser().user().id();
    assertThat(bind(user, tenant, number, false))
        .isEqualTo(new Binding.Bound(stored(user), Optional.empty()));
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
    assertThat(storage().users().unbindPhone(user, at)).contains(expected);
    assertThat(stored(user)).isEqualTo(expected);
    assertThat(expected.updatedAt()).isEqualTo(at);
    assertBound(bind(newUser().user().id(), tenant, number, false));
  }

  @Test
  default void taking_away_a_number_that_is_not_there_changes_nothing() {
    User user = newUser().user();
    assertThat(storage().users().unbindPhone(user.id(), user.updatedAt().plusSeconds(1)))
        .contains(user);
    assertThat(stored(user.id())).isEqualTo(user);
    assertThat(storage().users().unbindPhone(Sample.userId(), Sample.now())).isEmpty();
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
      AtOnce.run(
          2,
          i ->
              i == 0
                  ? change(user, set(NICKNAME, "Ann"), Sample.now())
                  : bind(user, Sample.tenant(), number, false));
      assertThat(values(user)).containsEntry(NICKNAME, "Ann");
      assertThat(numberOf(user)).contains(number);
    }
  }

  @Test
  default void users_of_an_unreachable_storage_are_neither_there_nor_not() {
    UserId user = newUser().user().id();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().users().find(user));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                unreachableStorage()
                    .users()
                    .changeProfile(user, set(NICKNAME, "Ann"), USER, Sample.now()));
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () -> unreachableStorage().users().bindPhone(user, Sample.tenant(), phone, false));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().users().unbindPhone(user, Sample.now()));
  }

  private List<UserId> newUsers(int count) {
    return Stream.generate(() -> newUser().user().id()).limit(count).toList();
  }

  private Binding bind(UserId user, PhoneNumber number) {
    return bind(user, Sample.tenant(), number, false);
  }

  private Binding bind(UserId user, Tenant tenant, PhoneNumber number, boolean move) {
    return storage().users().bindPhone(user, tenant, new BoundPhone(number, Sample.now()), move);
  }

  private void assertBound(Binding binding) {
    assertThat(binding).isInstanceOf(Binding.Bound.class);
  }

  private Optional<PhoneNumber> numberOf(UserId user) {
    return stored(user).phone().map(BoundPhone::number);
  }

  private FieldReview submit(Visitor visitor, ProfileField field, String value) {
    return storage()
        .contentReviews()
        .submit(
            Sample.review(visitor, field, value),
            new ProfileChange(Map.of()),
            USER,
            Sample.now(),
            Sample.now())
        .orElseThrow()
        .reviews()
        .get(field);
  }

  private Optional<User> change(UserId user, ProfileChange change, Instant at) {
    return storage().users().changeProfile(user, change, USER, at);
  }

  private Map<ProfileField, String> values(UserId user) {
    Map<ProfileField, String> values = new EnumMap<>(ProfileField.class);
    storage()
        .users()
        .find(user)
        .orElseThrow()
        .profile()
        .known()
        .forEach((field, known) -> values.put(field, known.value()));
    return values;
  }

  private static ProfileChange set(ProfileField field, String value) {
    return new ProfileChange(Map.of(field, Optional.of(value)));
  }

  private static ProfileChange clear(ProfileField field) {
    return new ProfileChange(Map.of(field, Optional.empty()));
  }
}
