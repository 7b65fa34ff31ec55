package dev.minilogin.application.avatar;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepAvatarsTest {
  private static final Duration SPARED = Duration.ofMinutes(10);

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final SweepAvatars sweepAvatars =
      new SweepAvatars(storage.avatars(), storage.pictureFiles(), scene.clock());
  private final UserId user = scene.newcomer().user().id();

  @Test
  void a_picture_that_is_shown_stays() {
    AvatarKey shown = kept();
    scene.show(user, ProfileField.AVATAR_URL, shown.path());
    scene.clock().advance(Duration.ofDays(365));
    assertThat(sweepAvatars.execute()).isZero();
    assertThat(isKept(shown)).isTrue();
  }

  @Test
  void a_picture_that_was_replaced_goes() {
    AvatarKey old = kept();
    scene.show(user, ProfileField.AVATAR_URL, old.path());
    AvatarKey shown = kept();
    scene.show(user, ProfileField.AVATAR_URL, shown.path());
    scene.clock().advance(Duration.ofHours(1));
    assertThat(sweepAvatars.execute()).isEqualTo(1);
    assertThat(isKept(old)).isFalse();
    assertThat(isKept(shown)).isTrue();
    assertThat(sweepAvatars.execute()).isZero();
  }

  @Test
  void a_picture_under_review_stays_until_it_is_refused() {
    AvatarKey key = kept();
    Review review = submit(key);
    scene.clock().advance(Duration.ofHours(1));
    assertThat(sweepAvatars.execute()).isZero();
    storage.contentReviews().decide(review.id(), Decision.HELD, NOW);
    assertThat(sweepAvatars.execute()).isZero();
    assertThat(isKept(key)).isTrue();
    storage.contentReviews().decide(review.id(), Decision.REFUSED, NOW);
    assertThat(sweepAvatars.execute()).isEqualTo(1);
    assertThat(isKept(key)).isFalse();
  }

  @Test
  void a_picture_that_passed_stays_and_the_one_before_it_goes() {
    AvatarKey old = kept();
    scene.show(user, ProfileField.AVATAR_URL, old.path());
    AvatarKey passed = kept();
    Review review = submit(passed);
    storage.contentReviews().decide(review.id(), Decision.PASSED, NOW);
    scene.clock().advance(Duration.ofHours(1));
    sweepAvatars.execute();
    assertThat(isKept(old)).isFalse();
    assertThat(isKept(passed)).isTrue();
  }

  @Test
  void the_pictures_of_an_account_that_is_gone_go() {
    AvatarKey shown = kept();
    scene.show(user, ProfileField.AVATAR_URL, shown.path());
    AvatarKey inReview = kept();
    submit(inReview);
    scene.erase(user);
    scene.clock().advance(Duration.ofHours(1));
    assertThat(sweepAvatars.execute()).isEqualTo(2);
    assertThat(isKept(shown)).isFalse();
    assertThat(isKept(inReview)).isFalse();
  }

  @Test
  void a_picture_that_may_be_about_to_be_used_is_spared() {
    AvatarKey young = kept();
    scene.clock().advance(SPARED);
    assertThat(sweepAvatars.execute()).isZero();
    assertThat(isKept(young)).isTrue();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(sweepAvatars.execute()).isEqualTo(1);
    assertThat(isKept(young)).isFalse();
  }

  @Test
  void a_picture_that_was_noted_and_never_kept_is_forgotten() {
    storage.avatars().add(Sample.avatarKey(), user, NOW);
    scene.clock().advance(Duration.ofHours(1));
    assertThat(sweepAvatars.execute()).isEqualTo(1);
    assertThat(sweepAvatars.execute()).isZero();
  }

  @Test
  void many_go_in_portions() {
    List<AvatarKey> keys = IntStream.range(0, 250).mapToObj(_ -> kept()).toList();
    scene.clock().advance(Duration.ofHours(1));
    assertThat(sweepAvatars.execute()).isEqualTo(100);
    assertThat(sweepAvatars.execute()).isEqualTo(100);
    assertThat(sweepAvatars.execute()).isEqualTo(50);
    assertThat(sweepAvatars.execute()).isZero();
    assertThat(keys).noneMatch(this::isKept);
  }

  @ParameterizedTest
  @EnumSource
  void wherever_the_storage_goes_down_the_rest_goes_the_next_time(Outage.Beginning beginning) {
    int calls = -1;
    Outage outage;
    do {
      calls++;
      outage = new Outage(calls, beginning);
      List<AvatarKey> keys = IntStream.range(0, 3).mapToObj(_ -> kept()).toList();
      scene.clock().advance(Duration.ofHours(1));
      SweepAvatars cutOff =
          new SweepAvatars(
              outage.through(Avatars.class, storage.avatars()),
              outage.through(PictureFiles.class, storage.pictureFiles()),
              scene.clock());
      try {
        assertThat(cutOff.execute()).isEqualTo(3);
        assertThat(outage.hasBegun()).isFalse();
      } catch (StorageUnavailable e) {
        assertThat(outage.hasBegun()).isTrue();
      }
      sweepAvatars.execute();
      assertThat(keys).noneMatch(this::isKept);
      assertThat(storage.avatars().unused(Instant.MAX, 10)).isEmpty();
    } while (outage.hasBegun());
    assertThat(calls).isEqualTo(1 + 3 * 2);
  }

  @Test
  void a_picture_that_cannot_be_deleted_does_not_keep_the_others() {
    List<AvatarKey> keys = IntStream.range(0, 5).mapToObj(_ -> kept()).toList();
    List<AvatarKey> stuck = List.of(keys.getFirst(), keys.get(2));
    scene.clock().advance(Duration.ofHours(1));
    SweepAvatars halfStuck =
        new SweepAvatars(
            storage.avatars(), new Stuck(storage.pictureFiles(), stuck), scene.clock());
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(halfStuck::execute)
        .satisfies(told -> assertThat(told.getSuppressed()).hasSize(1));
    assertThat(keys).filteredOn(this::isKept).containsExactlyElementsOf(stuck);
    assertThat(storage.avatars().unused(Instant.MAX, 10))
        .containsExactlyInAnyOrderElementsOf(stuck);
    assertThat(sweepAvatars.execute()).isEqualTo(2);
    assertThat(keys).noneMatch(this::isKept);
  }

  @Test
  void without_the_storage_nothing_goes() {
    AvatarKey key = kept();
    scene.clock().advance(Duration.ofHours(1));
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(sweepAvatars::execute);
    storage.comeBack();
    assertThat(isKept(key)).isTrue();
  }

  private AvatarKey kept() {
    AvatarKey key = Sample.avatarKey();
    storage.avatars().add(key, user, scene.clock().instant());
    storage.pictureFiles().put(key, new Picture("image/png", new byte[] {1}));
    return key;
  }

  private boolean isKept(AvatarKey key) {
    return storage.pictureFiles().find(key).isPresent();
  }

  private Review submit(AvatarKey key) {
    Review review =
        new Review(
            Sample.uuid(),
            user,
            scene.app().appId(),
            scene.openId(user),
            ProfileField.AVATAR_URL,
            key.path(),
            0,
            Optional.empty());
    storage
        .contentReviews()
        .submit(review, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW)
        .orElseThrow();
    return review;
  }

  /** Some files can't be deleted. */
  private record Stuck(PictureFiles files, List<AvatarKey> stuck) implements PictureFiles {
    @Override
    public void put(AvatarKey key, Picture picture) {
      files.put(key, picture);
    }

    @Override
    public Optional<Picture> find(AvatarKey key) {
      return files.find(key);
    }

    @Override
    public void delete(AvatarKey key) {
      if (stuck.contains(key)) {
        throw new StorageUnavailable("deleting a picture", new IllegalStateException("stuck"));
      }
      files.delete(key);
    }
  }
}
