package dev.minilogin.application.avatar;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.avatar.SetAvatar.AccountGone;
import dev.minilogin.application.avatar.SetAvatar.Busy;
import dev.minilogin.application.avatar.SetAvatar.Result;
import dev.minilogin.application.avatar.SetAvatar.Taken;
import dev.minilogin.application.avatar.SetAvatar.TooLarge;
import dev.minilogin.application.avatar.SetAvatar.Unreadable;
import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.ScriptedContentCheck;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Avatars;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.avatar.PictureFiles;
import dev.minilogin.domain.avatar.Pictures;
import dev.minilogin.domain.avatar.Pictures.Remake;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryPictures;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetAvatarTest {
  private static final URI PUBLIC_ADDRESS = URI.create("https://login.example");
  private static final String OLD = "https://thirdwx.qlogo.cn/mmopen/abc/132";
  private static final byte[] UPLOAD = InMemoryPictures.upload(1280, 1280);
  private static final byte[] REMADE = InMemoryPictures.upload(Pictures.SIDE, Pictures.SIDE);

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final ScriptedContentCheck weChat = new ScriptedContentCheck();
  private final SetAvatar setAvatar = setAvatar(new InMemoryPictures());
  private final UserId user = scene.newcomer().user().id();

  @Test
  void an_avatar_under_review_is_not_shown_and_only_wechat_is_told_its_address() {
    User before = scene.show(user, ProfileField.AVATAR_URL, OLD);
    User after = taken(set());
    assertThat(after.profile()).isEqualTo(before.profile());
    assertThat(after.reviews().get(ProfileField.AVATAR_URL))
        .satisfies(
            review -> {
              assertThat(review.state()).isEqualTo(FieldReview.State.IN_REVIEW);
              assertThat(review.value()).isEmpty();
            });
    assertThat(after).isEqualTo(scene.stored(user));
    assertThat(weChat.pictures()).hasSize(1);
    assertThat(weChat.pictures().getFirst().toString()).startsWith(PUBLIC_ADDRESS + "/avatars/");
    assertThat(picture(weChat.pictures().getFirst().getPath()))
        .hasValueSatisfying(picture -> assertThat(picture.content()).isEqualTo(REMADE));
  }

  @ParameterizedTest
  @CsvSource({"PASSED", "REFUSED", "HELD"})
  void an_avatar_is_shown_once_it_has_passed(Decision decision) {
    scene.show(user, ProfileField.AVATAR_URL, OLD);
    set();
    Review review = sentReview();
    storage.contentReviews().decide(review.id(), decision, NOW);
    assertThat(scene.shown(user, ProfileField.AVATAR_URL))
        .contains(decision == Decision.PASSED ? review.value() : OLD);
  }

  @ParameterizedTest
  @EnumSource
  void while_wechat_fails_an_avatar_is_in_review_and_the_old_one_is_shown(WeChatFailure failure) {
    scene.show(user, ProfileField.AVATAR_URL, OLD);
    weChat.fails(failure);
    taken(set());
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(OLD);
    assertThat(scene.review(user, ProfileField.AVATAR_URL)).contains(FieldReview.State.IN_REVIEW);
  }

  @Test
  void an_avatar_that_needs_no_review_is_shown_at_once() {
    scene.unchecked();
    User after = taken(set());
    Profile.Known known = after.profile().known().get(ProfileField.AVATAR_URL);
    assertThat(known.source()).isEqualTo(Profile.Source.USER);
    assertThat(known.since()).isEqualTo(NOW);
    assertThat(picture(known.value()))
        .hasValueSatisfying(
            picture -> {
              assertThat(picture.mediaType()).isEqualTo("image/png");
              assertThat(picture.content()).isEqualTo(REMADE);
            });
    assertThat(after.reviews()).isEmpty();
    assertThat(weChat.pictures()).isEmpty();
  }

  @Test
  void the_newest_of_two_avatars_under_review_counts() {
    set();
    Review first = sentReview();
    set();
    Review second = sentReview();
    assertThat(second.value()).isNotEqualTo(first.value());
    assertThat(storage.contentReviews().decide(first.id(), Decision.PASSED, NOW)).isFalse();
    assertThat(storage.contentReviews().decide(second.id(), Decision.PASSED, NOW)).isTrue();
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(second.value());
  }

  @Test
  void of_uploads_at_once_one_is_under_review() {
    AtOnce.run(10, _ -> set());
    assertThat(weChat.pictures()).doesNotHaveDuplicates();
    assertThat(
            storage
                .contentReviews()
                .claim(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(2)), 20))
        .hasSize(1);
  }

  // Uploads that are no pictures

  @Test
  void an_upload_that_is_no_picture_changes_nothing() {
    assertNothingDone(new InMemoryPictures(), Sample.bytes(100), new Unreadable());
  }

  @Test
  void an_upload_that_is_too_large_changes_nothing() {
    assertNothingDone(
        new InMemoryPictures(),
        InMemoryPictures.upload(Pictures.LONGEST_SIDE + 1, 1),
        new TooLarge());
  }

  @Test
  void while_too_many_pictures_are_read_nothing_is_changed() {
    assertNothingDone(_ -> new Remake.Busy(), UPLOAD.clone(), new Busy());
  }

  private void assertNothingDone(Pictures pictures, byte[] upload, Result expected) {
    User before = scene.stored(user);
    assertThat(setAvatar(pictures).execute(user, scene.app().appId(), upload)).isEqualTo(expected);
    assertThat(scene.stored(user)).isEqualTo(before);
    assertThat(keptKeys()).isEmpty();
    assertThat(weChat.pictures()).isEmpty();
  }

  // Who is gone

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_account_that_is_gone_has_no_avatar(boolean checked) {
    if (!checked) {
      scene.unchecked();
    }
    assertThat(setAvatar.execute(Sample.userId(), scene.app().appId(), UPLOAD.clone()))
        .isEqualTo(new AccountGone());
    scene.erase(user);
    assertThat(set()).isEqualTo(new AccountGone());
    assertThat(keptKeys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_picture_of_an_account_that_is_deleted_between_two_steps_is_swept(boolean checked) {
    if (!checked) {
      scene.unchecked();
    }
    storage.replace(scene.stored(user).deleted(NOW));
    assertThat(set()).isEqualTo(new AccountGone());
    assertThat(weChat.pictures()).isEmpty();
    assertThat(keptKeys()).hasSize(1);
    AvatarKey key = keptKeys().getFirst();
    scene.clock().advance(Duration.ofHours(1));
    new SweepAvatars(storage.avatars(), storage.pictureFiles(), scene.clock()).execute();
    assertThat(storage.pictureFiles().find(key)).isEmpty();
  }

  @Test
  void whoever_is_nobody_in_a_mini_program_has_no_avatar_there() {
    assertThat(setAvatar.execute(user, scene.anotherApp(Tenant.DEFAULT).appId(), UPLOAD.clone()))
        .isEqualTo(new AccountGone());
    assertThat(setAvatar.execute(user, Sample.appId(), UPLOAD.clone()))
        .isEqualTo(new AccountGone());
    assertThat(keptKeys()).isEmpty();
  }

  // Without the storage

  @ParameterizedTest
  @EnumSource
  void wherever_the_storage_goes_down_nothing_is_shown_unlooked_at(Outage.Beginning beginning) {
    scene.show(user, ProfileField.AVATAR_URL, OLD);
    int calls = -1;
    Outage outage;
    do {
      calls++;
      outage = new Outage(calls, beginning);
      assertCutOff(outage);
      assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(OLD);
    } while (outage.hasBegun());
    assertThat(calls).isGreaterThanOrEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void wherever_the_storage_goes_down_what_is_shown_is_kept_and_what_is_not_is_swept(
      Outage.Beginning beginning) {
    scene.unchecked();
    scene.show(user, ProfileField.AVATAR_URL, OLD);
    int calls = -1;
    Outage outage;
    do {
      calls++;
      outage = new Outage(calls, beginning);
      assertCutOff(outage);
      String shown = scene.shown(user, ProfileField.AVATAR_URL).orElseThrow();
      assertThat(shown.equals(OLD) || picture(shown).isPresent()).isTrue();
      scene.clock().advance(Duration.ofHours(1));
      new SweepAvatars(storage.avatars(), storage.pictureFiles(), scene.clock()).execute();
      assertThat(shown.equals(OLD) || picture(shown).isPresent()).isTrue();
      assertThat(keptKeys()).isEmpty();
    } while (outage.hasBegun());
    assertThat(calls).isEqualTo(5);
    assertThat(scene.shown(user, ProfileField.AVATAR_URL).orElseThrow()).startsWith("/avatars/");
  }

  private void assertCutOff(Outage outage) {
    MiniPrograms miniPrograms = outage.through(MiniPrograms.class, storage.miniPrograms());
    ContentReviews reviews = outage.through(ContentReviews.class, storage.contentReviews());
    SetAvatar cutOff =
        new SetAvatar(
            miniPrograms,
            outage.through(Identities.class, storage.identities()),
            new InMemoryPictures(),
            outage.through(PictureFiles.class, storage.pictureFiles()),
            outage.through(Avatars.class, storage.avatars()),
            outage.through(Users.class, storage.users()),
            reviews,
            new ReviewContent(miniPrograms, weChat, reviews, PUBLIC_ADDRESS, scene.clock()),
            scene.clock(),
            new SecureRandom());
    try {
      assertThat(cutOff.execute(user, scene.app().appId(), UPLOAD.clone()))
          .isInstanceOf(Taken.class);
      assertThat(outage.hasBegun()).isFalse();
    } catch (StorageUnavailable e) {
      assertThat(outage.hasBegun()).isTrue();
    }
  }

  @Test
  void without_the_storage_the_old_avatar_stays() {
    User before = scene.show(user, ProfileField.AVATAR_URL, OLD);
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(this::set);
    storage.comeBack();
    assertThat(scene.stored(user)).isEqualTo(before);
  }

  private SetAvatar setAvatar(Pictures pictures) {
    return new SetAvatar(
        storage.miniPrograms(),
        storage.identities(),
        pictures,
        storage.pictureFiles(),
        storage.avatars(),
        storage.users(),
        storage.contentReviews(),
        new ReviewContent(
            storage.miniPrograms(),
            weChat,
            storage.contentReviews(),
            PUBLIC_ADDRESS,
            scene.clock()),
        scene.clock(),
        new SecureRandom());
  }

  private Result set() {
    return setAvatar.execute(user, scene.app().appId(), UPLOAD.clone());
  }

  private Review sentReview() {
    return storage.contentReviews().find(scene.app().appId(), weChat.newestTrace()).orElseThrow();
  }

  private Optional<Picture> picture(String path) {
    return new FindAvatar(storage.pictureFiles()).execute(AvatarKey.ofPath(path).orElseThrow());
  }

  /** The pictures that nobody is shown and nobody looks at. */
  private List<AvatarKey> keptKeys() {
    return storage.avatars().unused(Instant.MAX, 100);
  }

  private static User taken(Result result) {
    assertThat(result).isInstanceOf(Taken.class);
    return ((Taken) result).user();
  }
}
