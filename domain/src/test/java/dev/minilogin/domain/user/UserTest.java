package dev.minilogin.domain.user;

import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview.State;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.Profile.Source;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserTest {
  private static final Instant FIRST = Instant.parse("2026-03-01T10:20:30.123Z");
  private static final Instant LATER = FIRST.plusMillis(1);
  private static final Instant LATEST = FIRST.plusMillis(2);

  private final User user = User.firstSeen(Sample.userId(), FIRST);
  private final User ann = user.changed(set(NICKNAME, "Ann"), Source.USER, FIRST);
  private final FieldReview inReview = inReviewSince(FIRST);
  private final BoundPhone phone = new BoundPhone(Sample.phoneNumber(), FIRST);

  @Test
  void a_new_user_is_active_and_nothing_is_known_of_them() {
    assertThat(user)
        .isEqualTo(
            new User(
                user.id(),
                User.Status.ACTIVE,
                0,
                Profile.EMPTY,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                FIRST,
                FIRST));
  }

  @Test
  void a_change_moves_the_time_of_the_last_update_if_it_changes_something() {
    User changed = user.changed(set(CITY, "Shenzhen"), Source.OPERATOR, LATER);
    assertThat(changed.profile().known())
        .isEqualTo(Map.of(CITY, new Known("Shenzhen", Source.OPERATOR, LATER)));
    assertThat(changed.updatedAt()).isEqualTo(LATER);
    assertThat(changed.createdAt()).isEqualTo(FIRST);
    assertThat(ann.changed(set(NICKNAME, "Ann"), Source.WECHAT, LATER)).isEqualTo(ann);
    assertThat(ann.changed(set(NICKNAME, "微信用户"), Source.WECHAT, LATER)).isEqualTo(ann);
    assertThat(ann.changed(clear(CITY), Source.USER, LATER)).isEqualTo(ann);
    assertThat(ann.changed(new ProfileChange(Map.of()), Source.USER, LATER)).isEqualTo(ann);
  }

  @Test
  void nothing_but_the_profile_changes() {
    User rich =
        new User(
            user.id(),
            User.Status.SUSPENDED,
            7,
            Profile.EMPTY,
            Map.of(AVATAR_URL, inReview),
            Optional.of(phone),
            Optional.of(FIRST),
            FIRST,
            FIRST);
    assertThat(rich.changed(set(CITY, "Shenzhen"), Source.USER, LATER))
        .isEqualTo(
            new User(
                user.id(),
                User.Status.SUSPENDED,
                7,
                Profile.EMPTY.after(set(CITY, "Shenzhen"), Source.USER, LATER),
                Map.of(AVATAR_URL, inReview),
                Optional.of(phone),
                Optional.of(FIRST),
                FIRST,
                LATER));
  }

  @Test
  void the_newest_word_ends_a_review_of_its_field() {
    User reviewed = ann.reviewing(NICKNAME, inReview, LATER).reviewing(AVATAR_URL, inReview, LATER);
    for (ProfileChange change :
        new ProfileChange[] {set(NICKNAME, "Anna"), set(NICKNAME, "Ann"), clear(NICKNAME)}) {
      User changed = reviewed.changed(change, Source.USER, LATEST);
      assertThat(changed.reviews()).isEqualTo(Map.of(AVATAR_URL, inReview));
      assertThat(changed.updatedAt()).isEqualTo(LATEST);
    }
    assertThat(reviewed.changed(set(NICKNAME, "微信用户"), Source.WECHAT, LATEST)).isEqualTo(reviewed);
    assertThat(reviewed.changed(set(CITY, "SZ"), Source.USER, LATEST).reviews())
        .isEqualTo(reviewed.reviews());
  }

  @Test
  void a_review_changes_nothing_that_is_shown() {
    User reviewed = ann.reviewing(NICKNAME, inReview, LATER);
    assertThat(reviewed.profile()).isEqualTo(ann.profile());
    assertThat(reviewed.reviews()).isEqualTo(Map.of(NICKNAME, inReview));
    assertThat(reviewed.updatedAt()).isEqualTo(LATER);
    assertThat(ann.reviews()).isEmpty();
    assertThat(reviewed.reviewing(NICKNAME, inReview, LATEST)).isEqualTo(reviewed);
    FieldReview refused = new FieldReview(inReview.review(), State.REFUSED, Optional.empty());
    assertThat(reviewed.reviewing(NICKNAME, refused, LATEST).reviews())
        .isEqualTo(Map.of(NICKNAME, refused));
  }

  @Test
  void a_phone_number_is_bound_and_taken_away() {
    User bound = ann.withPhone(Optional.of(phone), LATER);
    assertThat(bound.phone()).contains(phone);
    assertThat(bound.updatedAt()).isEqualTo(LATER);
    assertThat(bound.profile()).isEqualTo(ann.profile());
    assertThat(bound.withPhone(Optional.of(phone), LATEST)).isEqualTo(bound);
    User without = bound.withPhone(Optional.empty(), LATEST);
    assertThat(without.phone()).isEmpty();
    assertThat(without.updatedAt()).isEqualTo(LATEST);
    assertThat(ann.withPhone(Optional.empty(), LATER)).isEqualTo(ann);
  }

  @Test
  void what_wechat_has_cleaned_is_cleared_and_its_reviews_are_ended() {
    User full =
        ann.changed(set(AVATAR_URL, "https://example.com/a.png"), Source.USER, FIRST)
            .changed(set(CITY, "Shenzhen"), Source.USER, FIRST)
            .reviewing(NICKNAME, inReview, FIRST)
            .withPhone(Optional.of(phone), FIRST);
    User cleaned = full.cleaned(FIRST, LATER);
    assertThat(cleaned.profile().known()).containsOnlyKeys(CITY);
    assertThat(cleaned.reviews()).isEmpty();
    assertThat(cleaned.phone()).contains(phone);
    assertThat(cleaned.profileClearedAt()).contains(LATER);
    assertThat(cleaned.updatedAt()).isEqualTo(LATER);
    assertThat(user.cleaned(FIRST, LATER).profileClearedAt()).contains(LATER);
  }

  @Test
  void a_profile_that_was_cleaned_already_stays_as_it_is() {
    User cleaned = ann.cleaned(FIRST, LATER);
    assertThat(cleaned.cleaned(LATEST, LATEST)).isEqualTo(cleaned);
    User reviewed = cleaned.reviewing(NICKNAME, inReview, LATER);
    User again = reviewed.cleaned(FIRST, LATEST);
    assertThat(again.reviews()).isEmpty();
    assertThat(again.profileClearedAt()).contains(LATER);
  }

  @Test
  void what_was_set_or_put_under_review_after_wechat_has_cleaned_stays() {
    User renamed = user.changed(set(NICKNAME, "Anna"), Source.USER, LATER);
    assertThat(renamed.cleaned(FIRST, LATEST)).isSameAs(renamed);
    User reviewed = user.reviewing(NICKNAME, inReviewSince(LATER), LATER);
    assertThat(reviewed.cleaned(FIRST, LATEST)).isSameAs(reviewed);
    User both = renamed.changed(set(AVATAR_URL, "https://example.com/a.png"), Source.USER, LATER);
    assertThat(both.cleaned(FIRST, LATEST)).isSameAs(both);
  }

  @Test
  void what_was_set_before_wechat_has_cleaned_goes_and_what_was_set_after_it_stays() {
    User mixed =
        ann.changed(set(AVATAR_URL, "https://example.com/a.png"), Source.USER, LATER)
            .reviewing(NICKNAME, inReviewSince(LATER), LATER);
    User cleaned = mixed.cleaned(FIRST, LATEST);
    assertThat(cleaned.profile().known()).containsOnlyKeys(AVATAR_URL);
    assertThat(cleaned.reviews()).isEqualTo(mixed.reviews());
    assertThat(cleaned.profileClearedAt()).contains(LATEST);
    assertThat(cleaned.updatedAt()).isEqualTo(LATEST);
    assertThat(cleaned.cleaned(FIRST, LATEST.plusMillis(1))).isEqualTo(cleaned);
    assertThat(
            cleaned.changed(set(CITY, "SZ"), Source.USER, LATEST.plusMillis(1)).profileClearedAt())
        .contains(LATEST);
  }

  @Test
  void exactly_what_was_there_of_the_named_fields_is_erased() {
    FieldReview avatar = inReviewSince(LATER);
    User full =
        ann.changed(set(CITY, "Shenzhen"), Source.USER, FIRST)
            .changed(set(AVATAR_URL, "https://example.com/a.png"), Source.USER, FIRST)
            .reviewing(NICKNAME, inReview, FIRST)
            .reviewing(AVATAR_URL, avatar, LATER)
            .withPhone(Optional.of(phone), FIRST);
    User erased = full.erased(Set.of(NICKNAME, AVATAR_URL), FIRST, LATEST);
    assertThat(erased.profile().known()).containsOnlyKeys(CITY);
    assertThat(erased.reviews()).isEqualTo(Map.of(AVATAR_URL, avatar));
    assertThat(erased.phone()).contains(phone);
    assertThat(erased.profileClearedAt()).isEmpty();
    assertThat(erased.updatedAt()).isEqualTo(LATEST);
    assertThat(full.erased(Set.of(NICKNAME), FIRST.minusMillis(1), LATEST)).isSameAs(full);
    assertThat(full.erased(Set.of(), LATEST, LATEST)).isSameAs(full);
    assertThat(erased.erased(Set.of(NICKNAME, AVATAR_URL), FIRST, LATEST)).isSameAs(erased);
  }

  @Test
  void the_user_is_told_of_it_until_they_set_one_of_them() {
    User cleaned = ann.cleaned(FIRST, LATER);
    assertThat(cleaned.changed(set(CITY, "SZ"), Source.USER, LATEST).profileClearedAt())
        .contains(LATER);
    assertThat(cleaned.changed(clear(NICKNAME), Source.USER, LATEST).profileClearedAt())
        .contains(LATER);
    assertThat(cleaned.changed(set(NICKNAME, "微信用户"), Source.WECHAT, LATEST).profileClearedAt())
        .contains(LATER);
    assertThat(cleaned.reviewing(NICKNAME, inReview, LATEST).profileClearedAt()).contains(LATER);
    assertThat(cleaned.changed(set(NICKNAME, "Ann"), Source.USER, LATEST).profileClearedAt())
        .isEmpty();
    ProfileChange avatar = set(AVATAR_URL, Sample.avatarKey().path());
    User again = cleaned.changed(avatar, Source.USER, LATEST);
    assertThat(again.profileClearedAt()).isEmpty();
    assertThat(again.cleaned(LATEST, LATEST.plusMillis(1)).profileClearedAt())
        .contains(LATEST.plusMillis(1));
  }

  @Test
  void of_a_deleted_account_is_left_that_it_was_there() {
    User full =
        new User(
            user.id(),
            User.Status.SUSPENDED,
            7,
            ann.profile(),
            Map.of(NICKNAME, inReview),
            Optional.of(phone),
            Optional.of(FIRST),
            FIRST,
            FIRST);
    assertThat(full.deleted(LATER))
        .isEqualTo(new User(user.id(), User.Status.DELETED, 8, Profile.EMPTY, FIRST, LATER));
  }

  @Test
  void a_user_is_not_changed_through_the_map_it_was_made_of_nor_through_the_one_it_gives() {
    Map<ProfileField, FieldReview> given = new EnumMap<>(ProfileField.class);
    given.put(NICKNAME, inReview);
    User reviewed =
        new User(
            user.id(),
            User.Status.ACTIVE,
            0,
            Profile.EMPTY,
            given,
            Optional.empty(),
            Optional.empty(),
            FIRST,
            FIRST);
    given.clear();
    assertThat(reviewed.reviews()).isEqualTo(Map.of(NICKNAME, inReview));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> reviewed.reviews().put(CITY, inReview));
  }

  private static FieldReview inReviewSince(Instant at) {
    return new FieldReview(
        TimeOrderedId.make(at, new SecureRandom()), State.IN_REVIEW, Optional.of("New"));
  }

  private static ProfileChange set(ProfileField field, String value) {
    return new ProfileChange(Map.of(field, Optional.of(value)));
  }

  private static ProfileChange clear(ProfileField field) {
    return new ProfileChange(Map.of(field, Optional.empty()));
  }
}
