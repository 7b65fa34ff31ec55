package dev.minilogin.application.review;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.ScriptedContentCheck;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.ContentPolicy.Treatment;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReviewContentTest {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  /** Within this, the use case that submitted a review has asked. */
  private static final Duration ASKED_WITHIN = Duration.ofSeconds(30);

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final ContentReviews reviews = storage.contentReviews();
  private final ScriptedContentCheck weChat = new ScriptedContentCheck();
  private final ReviewContent reviewContent =
      new ReviewContent(
          storage.miniPrograms(),
          weChat,
          reviews,
          URI.create("https://login.example"),
          scene.clock());
  private final User user = scene.newcomer().user();

  // Texts

  @ParameterizedTest
  @CsvSource({
    "PASS, REFUSE, REFUSE, PASSED",
    "REVIEW, SHOW, REFUSE, PASSED",
    "REVIEW, HOLD, REFUSE, HELD",
    "REVIEW, REFUSE, HOLD, REFUSED",
    "RISKY, SHOW, HOLD, HELD",
    "RISKY, HOLD, REFUSE, REFUSED",
  })
  void a_verdict_on_a_text_decides_under_the_policy(
      Verdict verdict, Treatment onReview, Treatment onRisky, Decision expected) {
    scene.content(new ContentPolicy(true, onReview, onRisky));
    weChat.says(verdict);
    Review review = submit(ProfileField.NICKNAME, "Ann");
    assertThat(reviewContent.execute(review)).contains(expected);
    assertThat(weChat.texts())
        .containsExactly(new ScriptedContentCheck.Text(review.openId(), "Ann"));
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME))
        .isEqualTo(expected == Decision.PASSED ? Optional.of("Ann") : Optional.empty());
    assertThat(scene.review(user.id(), ProfileField.NICKNAME))
        .isEqualTo(
            switch (expected) {
              case PASSED -> Optional.empty();
              case HELD -> Optional.of(FieldReview.State.IN_REVIEW);
              case REFUSED -> Optional.of(FieldReview.State.REFUSED);
            });
    assertThat(dueAfter(Duration.ofDays(1))).isFalse();
  }

  @Test
  void a_review_that_was_decided_meanwhile_stays_so() {
    Review review = submit(ProfileField.NICKNAME, "Ann");
    reviews.decide(review.id(), Decision.REFUSED, NOW);
    assertThat(reviewContent.execute(review)).isEmpty();
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).isEmpty();
    assertThat(scene.review(user.id(), ProfileField.NICKNAME)).contains(FieldReview.State.REFUSED);
  }

  // Pictures

  @Test
  void a_picture_is_sent_by_its_public_address_and_waits_for_the_result() {
    String path = Sample.avatarKey().path();
    Review review = submit(ProfileField.AVATAR_URL, path);
    assertThat(reviewContent.execute(review)).isEmpty();
    assertThat(weChat.pictures()).containsExactly(URI.create("https://login.example" + path));
    assertThat(reviews.find(scene.app().appId(), weChat.newestTrace()))
        .hasValueSatisfying(sent -> assertThat(sent.id()).isEqualTo(review.id()));
    assertThat(scene.shown(user.id(), ProfileField.AVATAR_URL)).isEmpty();
    assertThat(scene.review(user.id(), ProfileField.AVATAR_URL))
        .contains(FieldReview.State.IN_REVIEW);
    assertThat(dueAfter(ReviewContent.RESULT_DUE.minus(MILLISECOND))).isFalse();
    assertThat(dueAfter(ReviewContent.RESULT_DUE)).isTrue();
  }

  @Test
  void a_result_may_take_the_thirty_minutes_that_wechat_promises() {
    assertThat(ReviewContent.RESULT_DUE).isGreaterThan(Duration.ofMinutes(30));
  }

  @Test
  void where_no_result_ever_comes_wechat_is_asked_less_and_less() {
    reviewContent.execute(submit(ProfileField.AVATAR_URL, Sample.avatarKey().path()));
    ReviewDueContent workers = new ReviewDueContent(reviews, reviewContent, scene.clock());
    List<Duration> waits = new ArrayList<>();
    Duration wait = Duration.ZERO;
    while (waits.size() < 10) {
      scene.clock().advance(Duration.ofMinutes(5));
      wait = wait.plusMinutes(5);
      if (workers.execute() == 1) {
        waits.add(wait);
        wait = Duration.ZERO;
      }
    }
    Duration longest = ReviewContent.RESULT_DUE.multipliedBy(32);
    assertThat(waits).isSorted().startsWith(ReviewContent.RESULT_DUE).endsWith(longest, longest);
    assertThat(new TreeSet<>(waits)).hasSize(6);
    assertThat(weChat.pictures()).hasSize(11);
    assertThat(scene.review(user.id(), ProfileField.AVATAR_URL))
        .contains(FieldReview.State.IN_REVIEW);
  }

  // WeChat's failures

  static Stream<Arguments> failuresOfBothKinds() {
    return Stream.of(WeChatFailure.values())
        .flatMap(
            failure ->
                Stream.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL)
                    .map(field -> Arguments.of(failure, field)));
  }

  @ParameterizedTest
  @MethodSource("failuresOfBothKinds")
  void a_failure_puts_off_and_decides_nothing(WeChatFailure failure, ProfileField field) {
    weChat.fails(failure);
    Review review =
        submit(field, field == ProfileField.NICKNAME ? "Ann" : Sample.avatarKey().path());
    assertThat(reviewContent.execute(review)).isEmpty();
    assertThat(scene.shown(user.id(), field)).isEmpty();
    assertThat(scene.review(user.id(), field)).contains(FieldReview.State.IN_REVIEW);
    Duration pause =
        failure == WeChatFailure.NOT_VISITED ? Duration.ofMinutes(10) : Duration.ofSeconds(30);
    assertThat(dueAfter(pause.minus(MILLISECOND))).isFalse();
    assertThat(dueAfter(pause)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void the_pauses_between_failures_grow_up_to_an_hour(WeChatFailure failure) {
    weChat.fails(failure);
    reviewContent.execute(submit(ProfileField.NICKNAME, "Ann"));
    ReviewDueContent workers = new ReviewDueContent(reviews, reviewContent, scene.clock());
    List<Duration> pauses = new ArrayList<>();
    Duration pause = Duration.ZERO;
    while (pauses.size() < 15) {
      scene.clock().advance(Duration.ofSeconds(10));
      pause = pause.plusSeconds(10);
      if (workers.execute() == 1) {
        pauses.add(pause);
        pause = Duration.ZERO;
      }
    }
    assertThat(pauses).isSorted().endsWith(Duration.ofHours(1));
    assertThat(pauses.getFirst()).isLessThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(weChat.texts()).hasSize(16);
    assertThat(scene.review(user.id(), ProfileField.NICKNAME))
        .contains(FieldReview.State.IN_REVIEW);
  }

  @Test
  void what_wechat_says_counts_if_it_is_longer() {
    weChat.fails(WeChatFailure.RATE_LIMITED, Optional.of(Duration.ofMinutes(20)));
    reviewContent.execute(submit(ProfileField.NICKNAME, "Ann"));
    assertThat(dueAfter(Duration.ofMinutes(20).minus(MILLISECOND))).isFalse();
    assertThat(dueAfter(Duration.ofMinutes(20))).isTrue();
  }

  @Test
  void what_wechat_says_does_not_count_if_it_is_shorter() {
    weChat.fails(WeChatFailure.BUSY, Optional.of(Duration.ofSeconds(1)));
    reviewContent.execute(submit(ProfileField.NICKNAME, "Ann"));
    assertThat(dueAfter(Duration.ofSeconds(30).minus(MILLISECOND))).isFalse();
  }

  @Test
  void a_review_is_never_put_off_for_more_than_an_hour() {
    weChat.fails(WeChatFailure.RATE_LIMITED, Optional.of(Duration.ofDays(365)));
    reviewContent.execute(submit(ProfileField.NICKNAME, "Ann"));
    assertThat(dueAfter(Duration.ofHours(1))).isTrue();
  }

  // What changed meanwhile

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "AVATAR_URL"})
  void a_review_of_a_mini_program_that_is_not_known_waits_for_it(ProfileField field) {
    String value = field == ProfileField.NICKNAME ? "Ann" : Sample.avatarKey().path();
    Review review = submit(field, value);
    ReviewContent elsewhere =
        new ReviewContent(
            new InMemoryMiniPrograms(new InMemoryStorage()),
            weChat,
            reviews,
            URI.create("https://login.example"),
            scene.clock());
    assertThat(elsewhere.execute(review)).isEmpty();
    assertThat(weChat.texts()).isEmpty();
    assertThat(weChat.pictures()).isEmpty();
    assertThat(scene.shown(user.id(), field)).isEmpty();
    assertThat(scene.review(user.id(), field)).contains(FieldReview.State.IN_REVIEW);
    assertThat(dueAfter(Duration.ofHours(1).minus(MILLISECOND))).isFalse();
    assertThat(dueAfter(Duration.ofHours(1))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "AVATAR_URL"})
  void what_waits_is_shown_once_the_mini_program_has_nothing_checked_any_more(ProfileField field) {
    String value = field == ProfileField.NICKNAME ? "Ann" : Sample.avatarKey().path();
    weChat.fails(WeChatFailure.UNREACHABLE);
    Review review = submit(field, value);
    reviewContent.execute(review);
    scene.unchecked();
    weChat.says(Verdict.RISKY);
    assertThat(reviewContent.execute(review)).contains(Decision.PASSED);
    assertThat(scene.shown(user.id(), field)).contains(value);
    assertThat(weChat.texts().size() + weChat.pictures().size()).isEqualTo(1);
  }

  @Test
  void the_policy_of_the_mini_program_counts_in_which_the_content_was_given() {
    scene.content(new ContentPolicy(true, Treatment.SHOW, Treatment.HOLD));
    MiniProgram other = scene.anotherApp(Tenant.DEFAULT);
    weChat.says(Verdict.REVIEW);
    Review there =
        new Review(
            Sample.uuid(),
            user.id(),
            other.appId(),
            Sample.openId(),
            ProfileField.NICKNAME,
            "Ann",
            0,
            Optional.empty());
    reviews.submit(there, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW);
    assertThat(reviewContent.execute(there)).contains(Decision.REFUSED);
    assertThat(reviewContent.execute(submit(ProfileField.NICKNAME, "Ann")))
        .contains(Decision.PASSED);
  }

  // Without the storage

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "AVATAR_URL"})
  void an_outcome_that_cannot_be_stored_is_found_again(ProfileField field) {
    String value = field == ProfileField.NICKNAME ? "Ann" : Sample.avatarKey().path();
    Review review = submit(field, value);
    weChat.answers(
        () -> {
          storage.goDown();
          return new Reply.Given<>(Verdict.PASS);
        });
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> reviewContent.execute(review));
    storage.comeBack();
    assertThat(scene.shown(user.id(), field)).isEmpty();
    assertThat(dueAfter(ASKED_WITHIN)).isTrue();
  }

  private Review submit(ProfileField field, String value) {
    Review review =
        new Review(
            Sample.uuid(),
            user.id(),
            scene.app().appId(),
            scene.openId(user.id()),
            field,
            value,
            0,
            Optional.empty());
    reviews
        .submit(
            review, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW.plus(ASKED_WITHIN))
        .orElseThrow();
    return review;
  }

  /** Whether the workers are given something so long after the beginning; they leave it there. */
  private boolean dueAfter(Duration time) {
    return !reviews.claim(NOW.plus(time), NOW.plus(time), 10).isEmpty();
  }
}
