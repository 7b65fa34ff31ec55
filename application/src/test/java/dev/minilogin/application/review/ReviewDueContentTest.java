package dev.minilogin.application.review;

import static dev.minilogin.application.testing.Scene.NOW;
import static dev.minilogin.application.testing.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.ScriptedContentCheck;
import dev.minilogin.application.user.UpdateProfile;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.testing.AtOnce;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReviewDueContentTest {
  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final ScriptedContentCheck weChat = new ScriptedContentCheck();
  private final ReviewContent reviewContent =
      new ReviewContent(
          storage.miniPrograms(),
          weChat,
          storage.contentReviews(),
          URI.create("https://login.example"),
          scene.clock());
  private final UpdateProfile updateProfile =
      new UpdateProfile(
          storage.miniPrograms(),
          storage.identities(),
          storage.users(),
          storage.contentReviews(),
          reviewContent,
          scene.clock(),
          new SecureRandom());
  private final ReviewDueContent workers =
      new ReviewDueContent(storage.contentReviews(), reviewContent, scene.clock());

  @Test
  void without_reviews_there_is_nothing_to_do() {
    assertThat(workers.execute()).isZero();
  }

  @Test
  void what_wechat_could_not_be_asked_about_is_decided_once_it_can() {
    User ann = scene.newcomer().user();
    weChat.fails(WeChatFailure.UNREACHABLE);
    name(ann, "Ann");
    weChat.says(Verdict.PASS);
    assertThat(workers.execute()).isZero();
    scene.clock().advance(Duration.ofHours(1));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(scene.shown(ann.id(), ProfileField.NICKNAME)).contains("Ann");
    assertThat(scene.stored(ann.id()).reviews()).isEmpty();
    assertThat(workers.execute()).isZero();
  }

  @Test
  void what_an_instance_left_behind_before_it_asked_is_taken_up() {
    User ann = scene.newcomer().user();
    weChat.endsTheInstance();
    assertThatIllegalStateException().isThrownBy(() -> name(ann, "Ann"));
    weChat.says(Verdict.PASS);
    assertThat(scene.review(ann.id(), ProfileField.NICKNAME)).contains(FieldReview.State.IN_REVIEW);
    scene.clock().advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(workers.execute()).isZero();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(scene.shown(ann.id(), ProfileField.NICKNAME)).contains("Ann");
  }

  @Test
  void what_a_worker_left_behind_is_taken_up_by_another() {
    User ann = scene.newcomer().user();
    weChat.fails(WeChatFailure.BUSY);
    name(ann, "Ann");
    scene.clock().advance(Duration.ofHours(1));
    weChat.endsTheInstance();
    assertThatIllegalStateException().isThrownBy(workers::execute);
    weChat.says(Verdict.PASS);
    assertThat(workers.execute()).isZero();
    scene.clock().advance(Duration.ofMinutes(3));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(scene.shown(ann.id(), ProfileField.NICKNAME)).contains("Ann");
  }

  @Test
  void a_picture_of_which_no_result_comes_is_sent_again() {
    User ann = scene.newcomer().user();
    Review review = submitPicture(ann);
    reviewContent.execute(review);
    TraceId lost = weChat.newestTrace();
    scene.clock().advance(ReviewContent.RESULT_DUE.minusMillis(1));
    assertThat(workers.execute()).isZero();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(weChat.pictures()).hasSize(2).containsOnly(weChat.pictures().getFirst());
    assertThat(weChat.newestTrace()).isNotEqualTo(lost);
    assertThat(storage.contentReviews().find(scene.app().appId(), weChat.newestTrace()))
        .hasValueSatisfying(open -> assertThat(open.id()).isEqualTo(review.id()));
    assertThat(scene.review(ann.id(), ProfileField.AVATAR_URL))
        .contains(FieldReview.State.IN_REVIEW);
  }

  @Test
  void what_is_held_is_not_taken_up() {
    User ann = scene.newcomer().user();
    Review review = submitPicture(ann);
    storage.contentReviews().decide(review.id(), Decision.HELD, NOW);
    scene.clock().advance(Duration.ofDays(365));
    assertThat(workers.execute()).isZero();
    assertThat(weChat.pictures()).isEmpty();
  }

  @Test
  void many_are_taken_up_in_portions_and_each_once() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    List<User> users = newcomers(50);
    users.forEach(user -> name(user, "nickname"));
    weChat.says(Verdict.PASS);
    scene.clock().advance(Duration.ofHours(1));
    int asked = weChat.texts().size();
    List<Integer> portions = new ArrayList<>();
    for (int portion = workers.execute(); portion > 0; portion = workers.execute()) {
      portions.add(portion);
    }
    assertThat(portions).containsExactly(20, 20, 10);
    assertThat(weChat.texts()).hasSize(asked + 50);
    assertThat(users)
        .allSatisfy(
            user -> assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).contains("nickname"));
  }

  @Test
  void workers_at_once_ask_about_each_review_once() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    newcomers(50).forEach(user -> name(user, "nickname"));
    weChat.says(Verdict.PASS);
    scene.clock().advance(Duration.ofHours(1));
    int asked = weChat.texts().size();
    List<Integer> taken =
        AtOnce.run(
            4,
            _ -> {
              int all = 0;
              for (int some = workers.execute(); some > 0; some = workers.execute()) {
                all += some;
              }
              return all;
            });
    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(50);
    assertThat(weChat.texts()).hasSize(asked + 50);
  }

  @Test
  void one_that_cannot_be_handled_does_not_stop_the_others() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    List<User> users = newcomers(5);
    users.forEach(user -> name(user, "nickname"));
    scene.clock().advance(Duration.ofHours(1));
    int asked = weChat.texts().size();
    weChat.answers(
        () -> {
          if (weChat.texts().size() == asked + 1) {
            throw new IllegalStateException("a bug");
          }
          return new Reply.Given<>(Verdict.PASS);
        });
    assertThatIllegalStateException().isThrownBy(workers::execute).withMessage("a bug");
    assertThat(users)
        .filteredOn(user -> scene.stored(user.id()).reviews().isEmpty())
        .hasSize(4)
        .allSatisfy(
            user -> assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).contains("nickname"));
    scene.clock().advance(Duration.ofMinutes(3));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(users).allSatisfy(user -> assertThat(scene.stored(user.id()).reviews()).isEmpty());
  }

  @Test
  void over_a_hundred_random_failures_nothing_is_lost_and_nothing_shown_unlooked_at() {
    Random random = new Random(20260301);
    int[] failures = {0};
    weChat.answers(
        () -> {
          if (failures[0] == 100) {
            return new Reply.Given<>(Verdict.PASS);
          }
          failures[0]++;
          WeChatFailure[] all = WeChatFailure.values();
          int which = random.nextInt(all.length + 2);
          if (which == all.length) {
            throw new IllegalStateException("the instance ended");
          }
          if (which > all.length) {
            storage.goDown();
            return new Reply.Given<>(Verdict.PASS);
          }
          return new Reply.Failed<>(
              all[which], Optional.of(Duration.ofSeconds(random.nextInt(7200))));
        });
    List<User> users = newcomers(20);
    users.forEach(
        user -> {
          try {
            name(user, "of " + user.id().value().toString().substring(30));
          } catch (StorageUnavailable | IllegalStateException e) {
            storage.comeBack();
          }
        });
    while (failures[0] < 100) {
      assertThat(users)
          .allSatisfy(
              user -> {
                assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).isEmpty();
                assertThat(scene.review(user.id(), ProfileField.NICKNAME))
                    .contains(FieldReview.State.IN_REVIEW);
              });
      scene.clock().advance(Duration.ofMinutes(1));
      try {
        workers.execute();
      } catch (StorageUnavailable | IllegalStateException e) {
        storage.comeBack();
      }
    }
    scene.clock().advance(Duration.ofHours(1));
    while (workers.execute() > 0) {
      scene.clock().advance(Duration.ofMinutes(3));
    }
    assertThat(users)
        .allSatisfy(
            user -> {
              assertThat(scene.shown(user.id(), ProfileField.NICKNAME))
                  .contains("of " + user.id().value().toString().substring(30));
              assertThat(scene.stored(user.id()).reviews()).isEmpty();
            });
  }

  @Test
  void without_the_storage_nobody_is_asked() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(workers::execute);
    assertThat(weChat.texts()).isEmpty();
  }

  private List<User> newcomers(int count) {
    return IntStream.range(0, count).mapToObj(_ -> scene.newcomer().user()).toList();
  }

  private void name(User user, String nickname) {
    assertThat(
            updateProfile.execute(
                new UpdateProfile.Command(
                    user,
                    scene.app().appId(),
                    set(ProfileField.NICKNAME, nickname),
                    Profile.Source.USER)))
        .isInstanceOf(UpdateProfile.Updated.class);
  }

  private Review submitPicture(User user) {
    Review review =
        new Review(
            Sample.uuid(),
            user.id(),
            scene.app().appId(),
            scene.openId(user.id()),
            ProfileField.AVATAR_URL,
            Sample.avatarKey().path(),
            0,
            Optional.empty());
    storage
        .contentReviews()
        .submit(review, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW)
        .orElseThrow();
    return review;
  }
}
