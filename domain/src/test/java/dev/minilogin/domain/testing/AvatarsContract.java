package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Avatars} promises. */
public interface AvatarsContract extends StorageContract {
  Instant ADDED = Instant.parse("2026-03-01T10:20:30.123Z");
  Instant LATER = ADDED.plusMillis(1);

  /** Forgets the unused pictures that other tests have left. */
  @BeforeEach
  default void forgetUnusedPictures() {
    for (List<AvatarKey> left = unused(); !left.isEmpty(); left = unused()) {
      left.forEach(avatars()::forget);
    }
  }

  @Test
  default void a_picture_that_nobody_shows_is_unused_once_it_is_old_enough() {
    AvatarKey key = added(newVisitor());
    assertThat(avatars().unused(ADDED, 1000)).doesNotContain(key);
    assertThat(unused()).containsExactly(key);
  }

  @Test
  default void the_picture_that_a_profile_shows_is_used_until_it_is_replaced() {
    Visitor visitor = newVisitor();
    AvatarKey first = added(visitor);
    AvatarKey second = added(visitor);
    show(visitor, first.path());
    assertThat(unused()).containsExactly(second);
    show(visitor, second.path());
    assertThat(unused()).containsExactly(first);
    show(visitor, "https://example.com/a.png");
    assertThat(unused()).containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void a_picture_that_was_cleared_is_unused() {
    Visitor visitor = newVisitor();
    AvatarKey key = added(visitor);
    show(visitor, key.path());
    change(visitor, Optional.empty());
    assertThat(unused()).containsExactly(key);
  }

  @Test
  default void keys_that_differ_only_in_case_are_two_pictures() {
    Visitor visitor = newVisitor();
    AvatarKey upper = new AvatarKey("A".repeat(4) + Sample.avatarKey().value().substring(4));
    AvatarKey lower = new AvatarKey("a".repeat(4) + upper.value().substring(4));
    avatars().add(upper, visitor.id(), ADDED);
    avatars().add(lower, visitor.id(), ADDED);
    show(visitor, upper.path());
    assertThat(unused()).containsExactly(lower);
    avatars().forget(lower);
    show(visitor, lower.path());
    assertThat(unused()).containsExactly(upper);
  }

  @Test
  default void a_picture_under_review_is_used_until_it_is_refused() {
    Visitor visitor = newVisitor();
    AvatarKey key = added(visitor);
    Review review = submitted(visitor, key);
    assertThat(unused()).isEmpty();
    storage().contentReviews().decide(review.id(), Decision.HELD, Sample.now());
    assertThat(unused()).isEmpty();
    storage().contentReviews().decide(review.id(), Decision.REFUSED, Sample.now());
    assertThat(unused()).containsExactly(key);
  }

  @Test
  default void a_picture_that_passed_is_used_and_the_one_before_it_is_not() {
    Visitor visitor = newVisitor();
    AvatarKey before = added(visitor);
    show(visitor, before.path());
    AvatarKey key = added(visitor);
    Review review = submitted(visitor, key);
    assertThat(unused()).isEmpty();
    storage().contentReviews().decide(review.id(), Decision.PASSED, Sample.now());
    assertThat(unused()).containsExactly(before);
  }

  @Test
  default void a_picture_whose_review_was_forgotten_is_unused() {
    Visitor visitor = newVisitor();
    AvatarKey older = added(visitor);
    AvatarKey newer = added(visitor);
    submitted(visitor, older);
    submitted(visitor, newer);
    assertThat(unused()).containsExactly(older);
  }

  @Test
  default void the_pictures_of_an_erased_account_are_unused() {
    Visitor visitor = newVisitor();
    AvatarKey shown = added(visitor);
    AvatarKey reviewed = added(visitor);
    show(visitor, shown.path());
    submitted(visitor, reviewed);
    eraseAccount(visitor, Sample.now());
    assertThat(unused()).containsExactlyInAnyOrder(shown, reviewed);
  }

  @Test
  default void a_forgotten_picture_is_not_listed() {
    Visitor visitor = newVisitor();
    AvatarKey forgotten = added(visitor);
    AvatarKey other = added(visitor);
    avatars().forget(forgotten);
    avatars().forget(forgotten);
    avatars().forget(Sample.avatarKey());
    assertThat(unused()).containsExactly(other);
  }

  @Test
  default void no_more_pictures_are_listed_than_were_asked_for() {
    Visitor visitor = newVisitor();
    List<AvatarKey> keys = Stream.generate(() -> added(visitor)).limit(5).toList();
    List<AvatarKey> swept = new ArrayList<>();
    for (int expected : List.of(2, 2, 1, 0)) {
      List<AvatarKey> some = avatars().unused(LATER, 2);
      assertThat(some).hasSize(expected);
      some.forEach(avatars()::forget);
      swept.addAll(some);
    }
    assertThat(swept).containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  default void avatars_of_an_unreachable_storage_are_neither_there_nor_not() {
    AvatarKey key = Sample.avatarKey();
    List<Consumer<Avatars>> calls =
        List.of(
            port -> port.add(key, Sample.userId(), ADDED),
            port -> port.unused(LATER, 1),
            port -> port.forget(key));
    calls.forEach(
        call ->
            assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> call.accept(unreachableStorage().avatars())));
  }

  private Avatars avatars() {
    return storage().avatars();
  }

  /** A new picture, noted at {@link #ADDED}. */
  private AvatarKey added(Visitor owner) {
    AvatarKey key = Sample.avatarKey();
    avatars().add(key, owner.id(), ADDED);
    return key;
  }

  private List<AvatarKey> unused() {
    return avatars().unused(LATER, 1000);
  }

  private void show(Visitor visitor, String avatarUrl) {
    change(visitor, Optional.of(avatarUrl));
  }

  private void change(Visitor visitor, Optional<String> avatarUrl) {
    storage()
        .users()
        .changeProfile(
            visitor.id(),
            new ProfileChange(Map.of(ProfileField.AVATAR_URL, avatarUrl)),
            Profile.Source.USER,
            Sample.now());
  }

  private Review submitted(Visitor visitor, AvatarKey key) {
    Review review = Sample.review(visitor, ProfileField.AVATAR_URL, key.path());
    assertThat(
            storage()
                .contentReviews()
                .submit(
                    review,
                    new ProfileChange(Map.of()),
                    Profile.Source.USER,
                    Sample.now(),
                    Sample.now()))
        .isPresent();
    return review;
  }
}
