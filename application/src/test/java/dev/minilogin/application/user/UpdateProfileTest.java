package dev.minilogin.application.user;

import static dev.minilogin.application.testing.Scene.NOW;
import static dev.minilogin.application.testing.Scene.clear;
import static dev.minilogin.application.testing.Scene.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.ScriptedContentCheck;
import dev.minilogin.application.user.UpdateProfile.AccountGone;
import dev.minilogin.application.user.UpdateProfile.Command;
import dev.minilogin.application.user.UpdateProfile.ForeignAvatar;
import dev.minilogin.application.user.UpdateProfile.Result;
import dev.minilogin.application.user.UpdateProfile.Updated;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.ContentPolicy.Treatment;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.Verdict;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateProfileTest {
  private static final URI PUBLIC_ADDRESS = URI.create("https://login.example");
  private static final String AVATAR_OF_WECHAT = "https://thirdwx.qlogo.cn/mmopen/abc/132";
  private static final String FOREIGN_AVATAR = "https://pictures.example/ann.png";

  private final Scene scene = new Scene();
  private final InMemoryStorage storage = scene.storage();
  private final ScriptedContentCheck weChat = new ScriptedContentCheck();
  private final UpdateProfile updateProfile =
      new UpdateProfile(
          storage.miniPrograms(),
          storage.identities(),
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
  private final User user = scene.newcomer().user();

  // What nobody looks at

  @ParameterizedTest
  @EnumSource
  void a_change_is_kept_with_who_told_it_and_when(Profile.Source source) {
    scene.clock().advance(Duration.ofMinutes(1));
    ProfileChange change = set(ProfileField.CITY, "Shenzhen");
    User expected = user.changed(change, source, scene.clock().instant());
    assertThat(expected.profile().known())
        .isEqualTo(
            Map.of(
                ProfileField.CITY, new Known("Shenzhen", source, NOW.plus(Duration.ofMinutes(1)))));
    assertThat(updateProfile.execute(new Command(user, scene.app().appId(), change, source)))
        .isEqualTo(new Updated(expected));
    assertThat(scene.stored(user.id())).isEqualTo(expected);
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void fields_that_are_not_named_stay_and_empty_ones_are_cleared() {
    update(set(ProfileField.COUNTRY, "CN"));
    update(set(ProfileField.CITY, "Shenzhen"));
    scene.clock().advance(Duration.ofMinutes(1));
    User after = updated(update(clear(ProfileField.CITY)));
    assertThat(after.profile().known())
        .isEqualTo(Map.of(ProfileField.COUNTRY, new Known("CN", Profile.Source.USER, NOW)));
    assertThat(after.updatedAt()).isEqualTo(scene.clock().instant());
  }

  @Test
  void changes_at_once_lose_nothing() {
    List<ProfileField> fields =
        List.of(
            ProfileField.NICKNAME,
            ProfileField.PROVINCE,
            ProfileField.CITY,
            ProfileField.COUNTRY,
            ProfileField.LANGUAGE);
    AtOnce.run(fields.size(), i -> update(set(fields.get(i), "value " + i)));
    for (int i = 0; i < fields.size(); i++) {
      assertThat(scene.shown(user.id(), fields.get(i))).contains("value " + i);
    }
  }

  // A new nickname

  @Test
  void a_nickname_that_passes_is_shown_when_this_returns() {
    User after = updated(update(set(ProfileField.NICKNAME, "Ann")));
    assertThat(after.profile().known())
        .isEqualTo(Map.of(ProfileField.NICKNAME, new Known("Ann", Profile.Source.USER, NOW)));
    assertThat(after.reviews()).isEmpty();
    assertThat(after).isEqualTo(scene.stored(user.id()));
    assertThat(weChat.texts())
        .containsExactly(new ScriptedContentCheck.Text(scene.openId(user.id()), "Ann"));
  }

  @ParameterizedTest
  @CsvSource({
    "PASS, REFUSE, REFUSE, PASSED",
    "PASS, HOLD, HOLD, PASSED",
    "REVIEW, SHOW, REFUSE, PASSED",
    "REVIEW, HOLD, REFUSE, HELD",
    "REVIEW, REFUSE, HOLD, REFUSED",
    "RISKY, SHOW, HOLD, HELD",
    "RISKY, HOLD, REFUSE, REFUSED",
  })
  void the_policy_says_what_becomes_of_a_nickname(
      Verdict verdict, Treatment onReview, Treatment onRisky, Decision expected) {
    scene.show(user.id(), ProfileField.NICKNAME, "old");
    scene.content(new ContentPolicy(true, onReview, onRisky));
    weChat.says(verdict);
    User after = updated(update(set(ProfileField.NICKNAME, "new")));
    assertThat(after).isEqualTo(scene.stored(user.id()));
    FieldReview review = after.reviews().get(ProfileField.NICKNAME);
    switch (expected) {
      case PASSED -> {
        assertThat(after.profile().value(ProfileField.NICKNAME)).contains("new");
        assertThat(review).isNull();
      }
      case HELD -> {
        assertThat(after.profile().value(ProfileField.NICKNAME)).contains("old");
        assertThat(review.state()).isEqualTo(FieldReview.State.IN_REVIEW);
        assertThat(review.value()).contains("new");
        assertThat(storage.contentReviews().held(10))
            .extracting(Review::id)
            .containsExactly(review.review());
      }
      case REFUSED -> {
        assertThat(after.profile().value(ProfileField.NICKNAME)).contains("old");
        assertThat(review.state()).isEqualTo(FieldReview.State.REFUSED);
        assertThat(review.value()).isEmpty();
      }
    }
  }

  @Test
  void a_mini_program_without_checks_shows_every_nickname() {
    scene.unchecked();
    weChat.says(Verdict.RISKY);
    assertThat(updated(update(set(ProfileField.NICKNAME, "Ann"))).profile().known())
        .isEqualTo(Map.of(ProfileField.NICKNAME, new Known("Ann", Profile.Source.USER, NOW)));
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void a_nickname_that_is_shown_already_is_not_looked_at_again() {
    User known = scene.show(user.id(), ProfileField.NICKNAME, "Ann");
    weChat.says(Verdict.RISKY);
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(update(set(ProfileField.NICKNAME, "Ann"))).isEqualTo(new Updated(known));
    assertThat(weChat.texts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "AVATAR_URL"})
  void what_was_shown_and_is_taken_away_meanwhile_does_not_come_back(ProfileField field) {
    String value = field == ProfileField.NICKNAME ? "Ann" : AVATAR_OF_WECHAT;
    User authenticated = scene.show(user.id(), field, value);
    scene.clock().advance(Duration.ofMinutes(1));
    scene.clean(user.id());
    User cleaned = scene.stored(user.id());
    assertThat(cleaned.profile()).isEqualTo(Profile.EMPTY);
    assertThat(update(authenticated, set(field, value))).isEqualTo(new Updated(cleaned));
    User after =
        updated(
            update(
                authenticated,
                new ProfileChange(
                    Map.of(
                        field, Optional.of(value), ProfileField.CITY, Optional.of("Shenzhen")))));
    assertThat(after.profile().known()).containsOnlyKeys(ProfileField.CITY);
    assertThat(after.profileClearedAt()).contains(scene.clock().instant());
    assertThat(after).isEqualTo(scene.stored(user.id()));
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void the_nickname_that_is_shown_takes_the_place_of_the_one_in_review_after_a_look() {
    scene.show(user.id(), ProfileField.NICKNAME, "Ann");
    weChat.fails(WeChatFailure.UNREACHABLE);
    Review other = submitted("Bea");
    User back = updated(update(set(ProfileField.NICKNAME, "Ann")));
    assertThat(back.reviews().get(ProfileField.NICKNAME).value()).contains("Ann");
    assertThat(back.profile().value(ProfileField.NICKNAME)).contains("Ann");
    assertThat(weChat.texts())
        .extracting(ScriptedContentCheck.Text::text)
        .containsExactly("Bea", "Ann");
    assertThat(storage.contentReviews().decide(other.id(), Decision.PASSED, NOW)).isFalse();
    assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).contains("Ann");
  }

  @Test
  void the_nickname_that_is_shown_takes_the_place_of_one_that_was_refused_after_a_look() {
    scene.show(user.id(), ProfileField.NICKNAME, "Ann");
    weChat.says(Verdict.RISKY);
    update(set(ProfileField.NICKNAME, "Bea"));
    assertThat(scene.review(user.id(), ProfileField.NICKNAME)).contains(FieldReview.State.REFUSED);
    weChat.says(Verdict.PASS);
    User after = updated(update(set(ProfileField.NICKNAME, "Ann")));
    assertThat(after.profile().value(ProfileField.NICKNAME)).contains("Ann");
    assertThat(after.reviews()).isEmpty();
    assertThat(weChat.texts()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"微信用户", "", " "})
  void a_placeholder_changes_nothing_and_is_not_looked_at(String placeholder) {
    User known = scene.show(user.id(), ProfileField.NICKNAME, "Ann");
    scene.clock().advance(Duration.ofMinutes(1));
    assertThat(update(set(ProfileField.NICKNAME, placeholder))).isEqualTo(new Updated(known));
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void a_placeholder_leaves_a_review_as_it_is() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    User inReview = updated(update(set(ProfileField.NICKNAME, "Ann")));
    assertThat(update(set(ProfileField.NICKNAME, "微信用户"))).isEqualTo(new Updated(inReview));
    assertThat(weChat.texts()).hasSize(1);
  }

  @Test
  void a_nickname_is_cleared_without_a_look() {
    scene.show(user.id(), ProfileField.NICKNAME, "Ann");
    assertThat(updated(update(clear(ProfileField.NICKNAME))).profile()).isEqualTo(Profile.EMPTY);
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void clearing_the_nickname_withdraws_the_one_under_review() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    Review withdrawn = submitted("Ann");
    User after = updated(update(clear(ProfileField.NICKNAME)));
    assertThat(after.reviews()).isEmpty();
    storage.contentReviews().decide(withdrawn.id(), Decision.PASSED, NOW);
    assertThat(scene.stored(user.id())).isEqualTo(after);
  }

  @Test
  void a_nickname_that_was_refused_is_looked_at_again_when_it_is_sent_again() {
    weChat.says(Verdict.RISKY);
    update(set(ProfileField.NICKNAME, "Ann"));
    weChat.says(Verdict.PASS);
    assertThat(updated(update(set(ProfileField.NICKNAME, "Ann"))).profile().known())
        .containsKey(ProfileField.NICKNAME);
    assertThat(scene.review(user.id(), ProfileField.NICKNAME)).isEmpty();
  }

  @Test
  void a_nickname_that_is_in_review_is_not_looked_at_again_and_the_rest_is_applied() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    User inReview = updated(update(set(ProfileField.NICKNAME, "Ann")));
    User after =
        updated(
            update(
                new ProfileChange(
                    Map.of(
                        ProfileField.NICKNAME, Optional.of("Ann"),
                        ProfileField.CITY, Optional.of("Shenzhen")))));
    assertThat(after.reviews()).isEqualTo(inReview.reviews());
    assertThat(after.profile().known())
        .isEqualTo(Map.of(ProfileField.CITY, new Known("Shenzhen", Profile.Source.USER, NOW)));
    assertThat(weChat.texts()).hasSize(1);
  }

  @Test
  void another_nickname_takes_the_place_of_the_one_in_review() {
    weChat.fails(WeChatFailure.UNREACHABLE);
    Review first = submitted("Ann");
    weChat.says(Verdict.PASS);
    User after = updated(update(set(ProfileField.NICKNAME, "Bea")));
    assertThat(after.profile().value(ProfileField.NICKNAME)).contains("Bea");
    storage.contentReviews().decide(first.id(), Decision.PASSED, NOW);
    assertThat(scene.stored(user.id())).isEqualTo(after);
  }

  @Test
  void the_rest_of_a_change_does_not_wait_for_the_nickname() {
    weChat.answers(
        () -> {
          assertThat(scene.shown(user.id(), ProfileField.CITY)).contains("Shenzhen");
          assertThat(scene.shown(user.id(), ProfileField.COUNTRY)).isEmpty();
          assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).isEmpty();
          return new Reply.Given<>(Verdict.PASS);
        });
    scene.show(user.id(), ProfileField.COUNTRY, "CN");
    User after =
        updated(
            update(
                new ProfileChange(
                    Map.of(
                        ProfileField.NICKNAME, Optional.of("Ann"),
                        ProfileField.CITY, Optional.of("Shenzhen"),
                        ProfileField.COUNTRY, Optional.empty()))));
    assertThat(after.profile().known())
        .isEqualTo(
            Map.of(
                ProfileField.NICKNAME, new Known("Ann", Profile.Source.USER, NOW),
                ProfileField.CITY, new Known("Shenzhen", Profile.Source.USER, NOW)));
    assertThat(weChat.texts()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void while_wechat_fails_a_nickname_is_in_review_and_the_old_one_is_shown(WeChatFailure failure) {
    scene.show(user.id(), ProfileField.NICKNAME, "old");
    weChat.fails(failure);
    User after = updated(update(set(ProfileField.NICKNAME, "new")));
    assertThat(after.profile().value(ProfileField.NICKNAME)).contains("old");
    FieldReview review = after.reviews().get(ProfileField.NICKNAME);
    assertThat(review.state()).isEqualTo(FieldReview.State.IN_REVIEW);
    assertThat(review.value()).contains("new");
    assertThat(after).isEqualTo(scene.stored(user.id()));
  }

  @Test
  void of_nicknames_at_once_one_is_shown_and_none_is_left_in_review() {
    List<Result> results = AtOnce.run(20, i -> update(set(ProfileField.NICKNAME, "nickname " + i)));
    assertThat(results).hasOnlyElementsOfType(Updated.class);
    User after = scene.stored(user.id());
    assertThat(after.profile().value(ProfileField.NICKNAME).orElseThrow()).startsWith("nickname ");
    assertThat(after.reviews()).isEmpty();
    assertThat(storage.contentReviews().claim(NOW.plus(Duration.ofDays(1)), NOW, 100)).isEmpty();
  }

  // Avatars

  @ParameterizedTest
  @ValueSource(
      strings = {
        FOREIGN_AVATAR,
        "https://qlogo.cn.pictures.example/0",
        "https://wx.qlogo.cn.pictures.example/0",
        "https://fakeqlogo.cn/0",
        "https://qlogo.cn/0",
        "https://q1.qlogo.cn/g?b=qq&nk=10000&s=100",
        "https://thirdqq.qlogo.cn/g?b=oidb&k=abc&s=100",
        "https://wx.qlogo.cn.qlogo.cn/0",
        "https://evil-wx.qlogo.cn/0",
        "https://pictures.example/wx.qlogo.cn/0",
        "https://pictures.example/?x=.qlogo.cn",
        "https://pictures.example#.qlogo.cn",
      })
  void an_avatar_that_nobody_has_looked_at_changes_nothing(String url) {
    assertThat(
            update(
                new ProfileChange(
                    Map.of(
                        ProfileField.AVATAR_URL, Optional.of(url),
                        ProfileField.NICKNAME, Optional.of("Ann"),
                        ProfileField.CITY, Optional.of("Shenzhen")))))
        .isEqualTo(new ForeignAvatar());
    assertThat(scene.stored(user.id())).isEqualTo(user);
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void a_mini_program_without_checks_takes_every_address() {
    scene.unchecked();
    assertThat(updated(update(set(ProfileField.AVATAR_URL, FOREIGN_AVATAR))).profile().known())
        .isEqualTo(
            Map.of(ProfileField.AVATAR_URL, new Known(FOREIGN_AVATAR, Profile.Source.USER, NOW)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://wx.qlogo.cn/mmopen/abc/132, true",
    "https://wx.qlogo.cn/mmopen/abc/132, false",
    "https://thirdwx.qlogo.cn/mmopen/abc/132, true",
    "https://thirdwx.qlogo.cn/mmopen/abc/132, false",
  })
  void an_avatar_of_wechat_is_taken(String url, boolean checked) {
    if (!checked) {
      scene.unchecked();
    }
    assertThat(
            updated(update(set(ProfileField.AVATAR_URL, url)))
                .profile()
                .value(ProfileField.AVATAR_URL))
        .contains(url);
    assertThat(weChat.pictures()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_path_of_a_picture_of_ours_is_nothing_that_a_client_may_say(boolean checked) {
    if (!checked) {
      scene.unchecked();
    }
    assertThat(update(set(ProfileField.AVATAR_URL, Sample.avatarKey().path())))
        .isEqualTo(new ForeignAvatar());
    assertThat(scene.stored(user.id())).isEqualTo(user);
  }

  @Test
  void the_avatar_that_is_shown_already_may_be_said_again_wherever_it_is() {
    for (String known : List.of(FOREIGN_AVATAR, Sample.avatarKey().path())) {
      User before = scene.show(user.id(), ProfileField.AVATAR_URL, known);
      assertThat(update(set(ProfileField.AVATAR_URL, known))).isEqualTo(new Updated(before));
    }
  }

  @Test
  void the_avatar_that_is_shown_does_not_withdraw_an_upload_that_is_in_review() {
    scene.show(user.id(), ProfileField.AVATAR_URL, AVATAR_OF_WECHAT);
    Review upload =
        new Review(
            Sample.uuid(),
            user.id(),
            scene.app().appId(),
            scene.openId(user.id()),
            ProfileField.AVATAR_URL,
            Sample.avatarKey().path(),
            0,
            Optional.empty());
    User inReview =
        storage
            .contentReviews()
            .submit(upload, new ProfileChange(Map.of()), Profile.Source.USER, NOW, NOW)
            .orElseThrow();
    assertThat(update(set(ProfileField.AVATAR_URL, AVATAR_OF_WECHAT)))
        .isEqualTo(new Updated(inReview));
    storage.contentReviews().decide(upload.id(), Decision.PASSED, NOW);
    assertThat(scene.shown(user.id(), ProfileField.AVATAR_URL)).contains(upload.value());
  }

  @Test
  void an_avatar_is_cleared() {
    scene.show(user.id(), ProfileField.AVATAR_URL, FOREIGN_AVATAR);
    assertThat(updated(update(clear(ProfileField.AVATAR_URL))).profile()).isEqualTo(Profile.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://pictures.example/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132"
      })
  void a_placeholder_is_no_foreign_avatar_and_changes_nothing(String placeholder) {
    User known = scene.show(user.id(), ProfileField.AVATAR_URL, AVATAR_OF_WECHAT);
    assertThat(update(set(ProfileField.AVATAR_URL, placeholder))).isEqualTo(new Updated(known));
  }

  // Who is gone

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "CITY"})
  void an_account_that_never_was_or_is_gone_has_no_profile(ProfileField field) {
    User never = User.firstSeen(Sample.userId(), NOW);
    assertThat(update(never, set(field, "value"))).isEqualTo(new AccountGone());
    scene.erase(user.id());
    User erased = scene.stored(user.id());
    assertThat(update(set(field, "value"))).isEqualTo(new AccountGone());
    assertThat(scene.stored(user.id())).isEqualTo(erased);
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void an_account_that_is_deleted_between_two_steps_is_gone() {
    storage.replace(user.deleted(NOW));
    assertThat(update(set(ProfileField.NICKNAME, "Ann"))).isEqualTo(new AccountGone());
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void whoever_is_nobody_in_the_mini_program_has_no_nickname_looked_at_there() {
    assertThat(
            updateProfile.execute(
                new Command(
                    user,
                    scene.anotherApp(Tenant.DEFAULT).appId(),
                    set(ProfileField.NICKNAME, "Ann"),
                    Profile.Source.USER)))
        .isEqualTo(new AccountGone());
    assertThat(weChat.texts()).isEmpty();
  }

  @Test
  void in_a_mini_program_that_is_not_known_nothing_is_changed() {
    assertThat(
            updateProfile.execute(
                new Command(
                    user, Sample.appId(), set(ProfileField.CITY, "Shenzhen"), Profile.Source.USER)))
        .isEqualTo(new AccountGone());
    assertThat(scene.stored(user.id())).isEqualTo(user);
  }

  // Without the storage

  @Test
  void without_the_storage_nothing_is_changed() {
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> update(set(ProfileField.CITY, "Shenzhen")));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> update(set(ProfileField.NICKNAME, "Ann")));
    storage.comeBack();
    assertThat(scene.stored(user.id())).isEqualTo(user);
    assertThat(weChat.texts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void wherever_the_storage_goes_down_no_nickname_is_shown_unlooked_at(Outage.Beginning beginning) {
    scene.show(user.id(), ProfileField.NICKNAME, "old");
    weChat.says(Verdict.RISKY);
    int calls = -1;
    Outage outage;
    do {
      calls++;
      outage = new Outage(calls, beginning);
      try {
        throughOutage(outage, "new " + calls);
        assertThat(outage.hasBegun()).isFalse();
      } catch (StorageUnavailable e) {
        assertThat(outage.hasBegun()).isTrue();
      }
      assertThat(scene.shown(user.id(), ProfileField.NICKNAME)).contains("old");
    } while (outage.hasBegun());
    assertThat(calls).isGreaterThanOrEqualTo(5);
  }

  private void throughOutage(Outage outage, String nickname) {
    MiniPrograms miniPrograms = outage.through(MiniPrograms.class, storage.miniPrograms());
    ContentReviews reviews = outage.through(ContentReviews.class, storage.contentReviews());
    new UpdateProfile(
            miniPrograms,
            outage.through(Identities.class, storage.identities()),
            outage.through(Users.class, storage.users()),
            reviews,
            new ReviewContent(miniPrograms, weChat, reviews, PUBLIC_ADDRESS, scene.clock()),
            scene.clock(),
            new SecureRandom())
        .execute(
            new Command(
                scene.stored(user.id()),
                scene.app().appId(),
                set(ProfileField.NICKNAME, nickname),
                Profile.Source.USER));
  }

  private Review submitted(String nickname) {
    update(set(ProfileField.NICKNAME, nickname));
    List<Review> due =
        storage
            .contentReviews()
            .claim(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)), 10);
    assertThat(due).extracting(Review::value).containsExactly(nickname);
    return due.getFirst();
  }

  private Result update(ProfileChange change) {
    return update(scene.stored(user.id()), change);
  }

  private Result update(User as, ProfileChange change) {
    return updateProfile.execute(new Command(as, scene.app().appId(), change, Profile.Source.USER));
  }

  private static User updated(Result result) {
    assertThat(result).isInstanceOf(Updated.class);
    return ((Updated) result).user();
  }
}
