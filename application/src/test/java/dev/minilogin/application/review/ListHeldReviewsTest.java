package dev.minilogin.application.review;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListHeldReviewsTest {
  private final Scene scene = new Scene();
  private final ContentReviews reviews = scene.storage().contentReviews();
  private final ListHeldReviews listHeldReviews = new ListHeldReviews(reviews);

  @Test
  void those_that_wait_for_an_operator_come_oldest_first() {
    List<UUID> ids = IntStream.range(0, 5).mapToObj(_ -> submit().id()).toList();
    hold(ids.get(3));
    hold(ids.get(1));
    hold(ids.get(2));
    reviews.decide(ids.get(2), Decision.PASSED, NOW);
    reviews.decide(ids.get(4), Decision.REFUSED, NOW);
    assertThat(listHeldReviews.execute())
        .extracting(Review::id)
        .containsExactly(ids.get(1), ids.get(3));
  }

  @Test
  void no_more_than_a_hundred_are_told() {
    List<UUID> ids = IntStream.range(0, 101).mapToObj(_ -> submit().id()).toList();
    ids.forEach(this::hold);
    assertThat(listHeldReviews.execute()).extracting(Review::id).isEqualTo(ids.subList(0, 100));
  }

  @Test
  void without_the_storage_nobody_is_told_that_nothing_waits() {
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(listHeldReviews::execute);
  }

  private void hold(UUID review) {
    assertThat(reviews.decide(review, Decision.HELD, NOW)).isTrue();
  }

  private Review submit() {
    scene.clock().advance(Duration.ofSeconds(1));
    User user = scene.newcomer().user();
    Review review =
        new Review(
            TimeOrderedId.make(scene.clock().instant(), new SecureRandom()),
            user.id(),
            scene.app().appId(),
            scene.openId(user.id()),
            ProfileField.NICKNAME,
            "nickname",
            0,
            Optional.empty());
    reviews
        .submit(
            review, new ProfileChange(Map.of()), Profile.Source.USER, scene.clock().instant(), NOW)
        .orElseThrow();
    return review;
  }
}
