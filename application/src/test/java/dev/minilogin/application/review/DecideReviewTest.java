package dev.minilogin.application.review;

import static dev.minilogin.application.testing.Scene.NOW;
import static dev.minilogin.domain.testing.Sample.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecideReviewTest {
  private final Scene scene = new Scene();
  private final ContentReviews reviews = scene.storage().contentReviews();
  private final DecideReview decideReview = new DecideReview(reviews, scene.clock());
  private final User user = scene.newcomer().user();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_an_operator_passes_is_shown_from_then_on(boolean held) {
    Review review = submit("Ann", held);
    scene.clock().advance(Duration.ofDays(1));
    assertThat(decideReview.execute(review.id(), true, ANN)).isTrue();
    assertThat(scene.stored(user.id()).profile().known())
        .isEqualTo(
            Map.of(
                ProfileField.NICKNAME,
                new Profile.Known("Ann", Profile.Source.USER, NOW.plus(Duration.ofDays(1)))));
    assertThat(scene.stored(user.id()).reviews()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_an_operator_refuses_is_dropped_and_its_owner_told(boolean held) {
    Review review = submit("Ann", held);
    assertThat(decideReview.execute(review.id(), false, ANN)).isTrue();
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).isEmpty();
    assertThat(scene.stored(user.id()).reviews())
        .isEqualTo(
            Map.of(
                ProfileField.NICKNAME,
                new FieldReview(review.id(), FieldReview.State.REFUSED, Optional.empty())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_decision_stays(boolean passed) {
    Review review = submit("Ann", true);
    decideReview.execute(review.id(), passed, ANN);
    User decided = scene.stored(user.id());
    assertThat(decideReview.execute(review.id(), !passed, ANN)).isFalse();
    assertThat(scene.stored(user.id())).isEqualTo(decided);
  }

  @Test
  void of_operators_at_once_one_decides() {
    Review review = submit("Ann", true);
    List<Boolean> decided = AtOnce.run(8, i -> decideReview.execute(review.id(), i % 2 == 0, ANN));
    assertThat(decided).containsOnlyOnce(true);
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME).isPresent())
        .isEqualTo(decided.indexOf(true) % 2 == 0);
  }

  @Test
  void there_is_nothing_to_decide_about_a_review_that_is_not_known() {
    assertThat(decideReview.execute(Sample.uuid(), true, ANN)).isFalse();
  }

  @Test
  void without_the_storage_nothing_is_decided() {
    Review review = submit("Ann", true);
    scene.storage().goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> decideReview.execute(review.id(), true, ANN));
    scene.storage().comeBack();
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).isEmpty();
    assertThat(decideReview.execute(review.id(), true, ANN)).isTrue();
  }

  private Review submit(String nickname, boolean held) {
    Review review =
        new Review(
            Sample.uuid(),
            user.id(),
            scene.app().appId(),
            scene.openId(user.id()),
            ProfileField.NICKNAME,
            nickname,
            0,
            Optional.empty());
    reviews
        .submit(review, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW)
        .orElseThrow();
    if (held) {
      reviews.decide(review.id(), Decision.HELD, NOW);
    }
    return review;
  }
}
