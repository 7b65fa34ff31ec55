package dev.minilogin.domain.user;

import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.GENDER;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.Profile.Source;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final Instant LATER = FIRST.plusMillis(1);

  private final Profile ann =
      Profile.EMPTY.after(
          new ProfileChange(Map.of(NICKNAME, Optional.of("Ann"), GENDER, Optional.of("2"))),
          Source.USER,
          FIRST);

  @Test
  void nothing_is_known_at_first() {
    assertThat(Profile.EMPTY.known()).isEmpty();
    assertThat(Profile.EMPTY.value(NICKNAME)).isEmpty();
  }

  @Test
  void a_new_value_comes_with_its_provenance() {
    assertThat(ann.known())
        .isEqualTo(
            Map.of(
                NICKNAME, new Known("Ann", Source.USER, FIRST),
                GENDER, new Known("2", Source.USER, FIRST)));
    assertThat(ann.value(NICKNAME)).contains("Ann");
    assertThat(ann.value(CITY)).isEmpty();
  }

  @Test
  void another_value_replaces_a_known_one_and_its_provenance() {
    assertThat(ann.after(set(NICKNAME, "Anna"), Source.WECHAT, LATER).known())
        .isEqualTo(
            Map.of(
                NICKNAME, new Known("Anna", Source.WECHAT, LATER),
                GENDER, new Known("2", Source.USER, FIRST)));
  }

  @Test
  void a_value_that_is_known_already_keeps_its_provenance() {
    assertThat(ann.after(set(NICKNAME, "Ann"), Source.OPERATOR, LATER)).isEqualTo(ann);
  }

  @Test
  void placeholders_never_replace_a_known_value_and_are_never_known() {
    ProfileChange placeholders =
        new ProfileChange(
            Map.of(
                NICKNAME, Optional.of("微信用户"),
                GENDER, Optional.of("0"),
                AVATAR_URL, Optional.of(""),
                CITY, Optional.of(" ")));
    assertThat(ann.after(placeholders, Source.WECHAT, LATER)).isEqualTo(ann);
    assertThat(Profile.EMPTY.after(placeholders, Source.WECHAT, LATER)).isEqualTo(Profile.EMPTY);
  }

  @Test
  void clearing_forgets_a_value_and_its_provenance() {
    assertThat(ann.after(clear(NICKNAME), Source.USER, LATER).known())
        .isEqualTo(Map.of(GENDER, new Known("2", Source.USER, FIRST)));
    assertThat(ann.after(clear(CITY), Source.USER, LATER)).isEqualTo(ann);
  }

  @Test
  void an_empty_change_changes_nothing() {
    assertThat(ann.after(new ProfileChange(Map.of()), Source.USER, LATER)).isEqualTo(ann);
  }

  @Test
  void a_change_leaves_the_profile_before_it_as_it_was() {
    Map<ProfileField, Known> before = Map.copyOf(ann.known());
    ann.after(clear(NICKNAME), Source.USER, LATER);
    assertThat(ann.known()).isEqualTo(before);
  }

  @Test
  void a_profile_is_not_changed_through_the_map_it_was_made_of_nor_through_the_one_it_gives() {
    Map<ProfileField, Known> given = new EnumMap<>(ProfileField.class);
    Known known = new Known("Ann", Source.USER, FIRST);
    given.put(NICKNAME, known);
    Profile profile = new Profile(given);
    given.clear();
    assertThat(profile.known()).isEqualTo(Map.of(NICKNAME, known));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> profile.known().put(CITY, known));
  }

  @Test
  void a_change_is_not_changed_through_the_map_it_was_made_of() {
    Map<ProfileField, Optional<String>> given = new HashMap<>();
    given.put(NICKNAME, Optional.of("Ann"));
    ProfileChange change = new ProfileChange(given);
    given.put(GENDER, Optional.of("not checked"));
    assertThat(change.values()).isEqualTo(Map.of(NICKNAME, Optional.of("Ann")));
  }

  @Test
  void a_change_to_what_is_no_value_cannot_be_made_and_names_the_field() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set(NICKNAME, "n".repeat(33)))
        .withMessageStartingWith("nickname ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set(AVATAR_URL, "http://example.com/a.png"))
        .withMessageStartingWith("avatarUrl ");
  }

  private static ProfileChange set(ProfileField field, String value) {
    return new ProfileChange(Map.of(field, Optional.of(value)));
  }

  private static ProfileChange clear(ProfileField field) {
    return new ProfileChange(Map.of(field, Optional.empty()));
  }
}
