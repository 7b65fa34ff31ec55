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
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    submit(visitor, AVATAR_URL, "https://example.com/a.png");
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    eraseAccount(visitor, at);
    User deleted = before.deleted(at);
    assertThat(storage().users().find(visitor.id())).contains(deleted);
    assertThat(change(visitor.id(), set(NICKNAME, "Ann"), at.plusMillis(1))).isEmpty();
    assertThat(storage().users().find(visitor.id())).contains(deleted);
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
