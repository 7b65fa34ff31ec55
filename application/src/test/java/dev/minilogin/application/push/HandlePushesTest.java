package dev.minilogin.application.push;

import static dev.minilogin.application.testing.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minilogin.application.review.ReviewContent;
import dev.minilogin.application.review.ReviewDueContent;
import dev.minilogin.application.testing.Outage;
import dev.minilogin.application.testing.Scene;
import dev.minilogin.application.testing.ScriptedContentCheck;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.ContentPolicy.Treatment;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryMiniPrograms;
import dev.minilogin.domain.testing.InMemoryPushEnvelopes;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlePushesTest {
  private static final Instant LONG_AFTER = NOW.plus(Duration.ofDays(36_500));
  private static final String AVATAR = "https://thirdwx.qlogo.cn/mmopen/abc/132";

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
  private final HandlePushes handlePushes = handlePushes(storage.identities());
  private final WeChatIdentity alice = Sample.identity();
  private final Logins.Recorded login = scene.login(scene.app(), alice);
  private final UserId user = login.user().id();
  private final PhoneNumber phone = Sample.phoneNumber();

  // What each event does

  @Test
  void without_pushes_there_is_nothing_to_do() {
    assertThat(handlePushes.execute()).isZero();
  }

  @Test
  void user_info_modified_clears_nickname_and_avatar_and_tells_the_user() {
    everythingIsKnown();
    scene.clock().advance(Duration.ofMinutes(1));
    push("user_info_modified", alice.openId(), Map.of());
    assertThat(handlePushes.execute()).isEqualTo(1);
    User after = scene.stored(user);
    assertThat(after.profile().known()).containsOnlyKeys(ProfileField.CITY);
    assertThat(after.profileClearedAt()).contains(scene.clock().instant());
    assertThat(after.phone().map(BoundPhone::number)).contains(phone);
    assertThat(handlePushes.execute()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "6, NICKNAME AVATAR_URL, false",
    "8, '', true",
    "19, NICKNAME, false",
    "20, AVATAR_URL, false",
    "'19,8', NICKNAME, true",
    "'[6,8]', NICKNAME AVATAR_URL, true",
    "5, '', false",
    "'', '', false",
  })
  void user_authorization_revoke_erases_exactly_what_it_names(
      String revokeInfo, String names, boolean phoneToo) {
    everythingIsKnown();
    push("user_authorization_revoke", alice.openId(), Map.of("RevokeInfo", revokeInfo));
    assertThat(handlePushes.execute()).isEqualTo(1);
    Set<ProfileField> left =
        EnumSet.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL, ProfileField.CITY);
    for (String name : names.split(" ")) {
      if (!name.isEmpty()) {
        left.remove(ProfileField.valueOf(name));
      }
    }
    User after = scene.stored(user);
    assertThat(after.profile().known().keySet()).isEqualTo(left);
    assertThat(after.phone().isEmpty()).isEqualTo(phoneToo);
    assertThat(after.profileClearedAt()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, false", "59999, false", "60000, false", "60001, true", "86400000, true"})
  void what_came_later_than_a_minute_after_the_event_stays(long milliseconds, boolean stays) {
    Instant created = atSecond();
    scene.clock().advance(Duration.ofMillis(milliseconds));
    everythingIsKnown();
    push(
        "user_authorization_revoke",
        alice.openId(),
        Map.of("RevokeInfo", "6,8", "CreateTime", seconds(created)));
    handlePushes.execute();
    User revoked = scene.stored(user);
    Set<ProfileField> left =
        stays
            ? Set.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL, ProfileField.CITY)
            : Set.of(ProfileField.CITY);
    assertThat(revoked.profile().known().keySet()).isEqualTo(left);
    assertThat(revoked.phone().isPresent()).isEqualTo(stays);
    scene.show(user, ProfileField.NICKNAME, "Ann");
    scene.show(user, ProfileField.AVATAR_URL, AVATAR);
    push("user_info_modified", alice.openId(), Map.of("CreateTime", seconds(created)));
    handlePushes.execute();
    assertThat(scene.stored(user).profile().known().keySet()).isEqualTo(left);
  }

  @Test
  void only_what_came_later_stays() {
    Instant created = atSecond();
    scene.show(user, ProfileField.NICKNAME, "Ann");
    scene.clock().advance(Duration.ofHours(1));
    scene.show(user, ProfileField.AVATAR_URL, AVATAR);
    push("user_info_modified", alice.openId(), Map.of("CreateTime", seconds(created)));
    handlePushes.execute();
    assertThat(scene.stored(user).profile().known()).containsOnlyKeys(ProfileField.AVATAR_URL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "yesterday"})
  void an_event_that_does_not_say_when_it_was_made_was_made_before_it_came(String createTime) {
    everythingIsKnown();
    push(
        "user_authorization_revoke",
        alice.openId(),
        Map.of("RevokeInfo", "6,8", "CreateTime", createTime));
    scene.clock().advance(Duration.ofHours(1));
    handlePushes.execute();
    assertThat(scene.stored(user).profile().known()).containsOnlyKeys(ProfileField.CITY);
    assertThat(scene.stored(user).phone()).isEmpty();
  }

  @Test
  void user_authorization_cancellation_erases_the_account() {
    everythingIsKnown();
    push("user_authorization_cancellation", alice.openId(), Map.of());
    assertThat(handlePushes.execute()).isEqualTo(1);
    User after = scene.stored(user);
    assertThat(after.status()).isEqualTo(User.Status.DELETED);
    assertThat(after.profile()).isEqualTo(Profile.EMPTY);
    assertThat(after.phone()).isEmpty();
    assertThat(storage.identities().find(scene.app().appId(), alice.openId())).isEmpty();
    Logins.Recorded again = scene.login(scene.app(), alice);
    assertThat(again.newUser()).isTrue();
    assertThat(handlePushes.execute()).isZero();
    assertThat(scene.stored(again.user().id()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  void a_cancellation_that_is_delivered_again_does_not_erase_the_next_account() {
    Push push =
        push("user_authorization_cancellation", alice.openId(), Map.of("CreateTime", "1772360430"));
    handlePushes.execute();
    Logins.Recorded again = scene.login(scene.app(), alice);
    Push delivery = new Push(Sample.uuid(), push.appId(), push.event(), scene.clock().instant(), 0);
    assertThat(storage.pushInbox().accept(delivery)).isFalse();
    assertThat(handlePushes.execute()).isZero();
    assertThat(scene.stored(again.user().id()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  void with_the_account_the_content_of_all_pushes_about_the_person_is_gone() {
    push("user_info_modified", alice.openId(), Map.of());
    push("subscribe", alice.openId(), Map.of());
    handlePushes.execute();
    push("user_authorization_revoke", alice.openId(), Map.of("RevokeInfo", "6"));
    push("user_authorization_cancellation", alice.openId(), Map.of());
    push("user_info_modified", Sample.openId(), Map.of());
    handlePushes.execute();
    assertThat(scene.stored(user).status()).isEqualTo(User.Status.DELETED);
    assertNothingWaits();
    assertThat(replayable()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "user_info_modified, 1",
    "user_authorization_revoke, 1",
    "user_authorization_cancellation, 0",
  })
  void of_somebody_who_is_not_known_only_a_cancellation_is_forgotten(String event, int left) {
    Push push = push(event, Sample.openId(), Map.of("RevokeInfo", "6"));
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(replayable()).isEqualTo(left);
    Push delivery = new Push(Sample.uuid(), push.appId(), push.event(), scene.clock().instant(), 0);
    assertThat(storage.pushInbox().accept(delivery)).isFalse();
  }

  /** How many pushes have content that can take effect again. */
  private int replayable() {
    return storage.pushInbox().replay(scene.app().appId(), Instant.EPOCH, LONG_AFTER, Actor.SYSTEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"subscribe", "wxa_privacy_apply", "user_info_modified\u0000", ""})
  void an_event_that_is_not_known_is_done_with_and_changes_nothing(String event) {
    everythingIsKnown();
    User before = scene.stored(user);
    push(event, alice.openId(), Map.of());
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.stored(user)).isEqualTo(before);
    assertNothingWaits();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_info_modified",
        "user_authorization_revoke",
        "user_authorization_cancellation"
      })
  void what_is_about_nobody_here_is_done_with_and_changes_nothing(String event) {
    everythingIsKnown();
    User before = scene.stored(user);
    push(event, Sample.openId(), Map.of("RevokeInfo", "6"));
    accept(
        new Push(
            Sample.uuid(),
            scene.anotherApp(Tenant.DEFAULT).appId(),
            event(event, alice.openId(), Map.of("RevokeInfo", "6")),
            scene.clock().instant(),
            0));
    accept(
        new Push(
            Sample.uuid(),
            scene.app().appId(),
            new PushEvent(Map.of("Event", event)),
            scene.clock().instant(),
            0));
    assertThat(handlePushes.execute()).isEqualTo(3);
    assertThat(scene.stored(user)).isEqualTo(before);
    assertNothingWaits();
  }

  // Results of pictures

  @ParameterizedTest
  @CsvSource({
    "pass, REFUSE, REFUSE, PASSED",
    "review, SHOW, REFUSE, PASSED",
    "review, HOLD, REFUSE, HELD",
    "review, REFUSE, HOLD, REFUSED",
    "risky, SHOW, HOLD, HELD",
    "risky, HOLD, REFUSE, REFUSED",
  })
  void the_result_of_a_picture_decides_under_the_policy(
      String suggest, Treatment onReview, Treatment onRisky, Decision expected) {
    scene.content(new ContentPolicy(true, onReview, onRisky));
    scene.show(user, ProfileField.AVATAR_URL, AVATAR);
    Review review = sentPicture();
    pushResult(weChat.newestTrace(), suggest);
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.AVATAR_URL))
        .contains(expected == Decision.PASSED ? review.value() : AVATAR);
    assertThat(scene.review(user, ProfileField.AVATAR_URL))
        .isEqualTo(
            switch (expected) {
              case PASSED -> Optional.empty();
              case HELD -> Optional.of(FieldReview.State.IN_REVIEW);
              case REFUSED -> Optional.of(FieldReview.State.REFUSED);
            });
    assertThat(reviews.held(10)).hasSize(expected == Decision.HELD ? 1 : 0);
    assertNothingWaits();
  }

  @Test
  void the_result_for_a_mini_program_that_is_gone_is_decided_as_usual() {
    HandlePushes elsewhere =
        new HandlePushes(
            storage.pushInbox(),
            storage.identities(),
            new InMemoryMiniPrograms(new InMemoryStorage()),
            reviews,
            scene.clock());
    sentPicture();
    pushResult(weChat.newestTrace(), "review");
    elsewhere.execute();
    assertThat(scene.review(user, ProfileField.AVATAR_URL)).contains(FieldReview.State.REFUSED);
  }

  @Test
  void the_result_of_another_mini_programs_picture_decides_nothing() {
    sentPicture();
    accept(
        new Push(
            Sample.uuid(),
            scene.anotherApp(Tenant.DEFAULT).appId(),
            result(weChat.newestTrace(), "pass"),
            scene.clock().instant(),
            0));
    handlePushes.execute();
    assertThat(scene.review(user, ProfileField.AVATAR_URL)).contains(FieldReview.State.IN_REVIEW);
  }

  @Test
  void a_result_that_comes_before_its_review_is_noted_waits_for_it() {
    TraceId trace = Sample.traceId();
    pushResult(trace, "pass");
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(handlePushes.execute()).isZero();
    Review review = submittedPicture();
    reviews.sent(review.id(), trace, NOW.plus(Duration.ofMinutes(35)));
    scene.clock().advance(Duration.ofSeconds(2));
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(review.value());
    assertNothingWaits();
  }

  @Test
  void a_result_waits_for_its_review_in_growing_pauses_and_is_given_up_after_ten_minutes() {
    pushResult(Sample.traceId(), "pass");
    int tries = 0;
    Instant last = NOW;
    Duration pause = Duration.ZERO;
    while (scene.clock().instant().isBefore(NOW.plus(Duration.ofMinutes(10)))) {
      if (handlePushes.execute() == 1) {
        Duration now = Duration.between(last, scene.clock().instant());
        assertThat(now).isGreaterThanOrEqualTo(pause);
        pause = now;
        last = scene.clock().instant();
        tries++;
      }
      scene.clock().advance(Duration.ofMillis(500));
    }
    assertThat(tries).isBetween(10, 30);
    scene.clock().advance(Duration.ofMinutes(2));
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertNothingWaits();
  }

  @Test
  void a_picture_that_wechat_could_not_look_at_is_sent_again() {
    Review review = sentPicture();
    TraceId first = weChat.newestTrace();
    pushFailure(first);
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.review(user, ProfileField.AVATAR_URL)).contains(FieldReview.State.IN_REVIEW);
    ReviewDueContent workers = new ReviewDueContent(reviews, reviewContent, scene.clock());
    assertThat(workers.execute()).isZero();
    scene.clock().advance(Duration.ofMinutes(5));
    assertThat(workers.execute()).isEqualTo(1);
    assertThat(weChat.newestTrace()).isNotEqualTo(first);
    pushResult(weChat.newestTrace(), "pass");
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(review.value());
    assertNothingWaits();
  }

  @Test
  void a_picture_that_wechat_can_never_look_at_is_sent_again_in_growing_pauses() {
    sentPicture();
    ReviewDueContent workers = new ReviewDueContent(reviews, reviewContent, scene.clock());
    List<Duration> pauses = new ArrayList<>();
    while (pauses.size() < 12) {
      pushFailure(weChat.newestTrace());
      assertThat(handlePushes.execute()).isEqualTo(1);
      Duration pause = Duration.ZERO;
      while (workers.execute() == 0) {
        scene.clock().advance(Duration.ofMinutes(1));
        pause = pause.plusMinutes(1);
      }
      pauses.add(pause);
    }
    Duration longest = Duration.ofMinutes(5 * 256);
    assertThat(pauses).isSorted().startsWith(Duration.ofMinutes(5)).endsWith(longest, longest);
    assertThat(new TreeSet<>(pauses)).hasSize(9);
    assertThat(scene.review(user, ProfileField.AVATAR_URL)).contains(FieldReview.State.IN_REVIEW);
  }

  @Test
  void the_result_of_a_picture_that_was_replaced_meanwhile_changes_nothing() {
    sentPicture();
    TraceId replaced = weChat.newestTrace();
    Review newer = sentPicture();
    pushResult(replaced, "pass");
    handlePushes.execute();
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).isEmpty();
    pushResult(weChat.newestTrace(), "pass");
    handlePushes.execute();
    assertThat(scene.shown(user, ProfileField.AVATAR_URL)).contains(newer.value());
  }

  // Nothing stops it, and nothing is done twice

  @Test
  void one_push_that_cannot_be_handled_does_not_stop_the_others() {
    List<Logins.Recorded> people = IntStream.range(0, 5).mapToObj(_ -> named()).toList();
    OpenId poison = scene.openId(people.get(2).user().id());
    people.forEach(person -> push("user_info_modified", openIdOf(person), Map.of()));
    HandlePushes poisoned =
        handlePushes(
            new Watched(storage.identities()) {
              @Override
              public Optional<Identity> find(AppId appId, OpenId openId) {
                if (openId.equals(poison)) {
                  throw new IllegalStateException("a bug");
                }
                return super.find(appId, openId);
              }
            });
    assertThatIllegalStateException().isThrownBy(poisoned::execute).withMessage("a bug");
    for (int i = 0; i < 5; i++) {
      assertThat(scene.shown(people.get(i).user().id(), ProfileField.NICKNAME).isPresent())
          .isEqualTo(i == 2);
    }
    scene.clock().advance(Duration.ofSeconds(20).minusMillis(1));
    assertThat(handlePushes.execute()).isZero();
    scene.clock().advance(Duration.ofMillis(1));
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(people.get(2).user().id(), ProfileField.NICKNAME)).isEmpty();
  }

  @Test
  void every_failure_of_several_is_told() {
    for (int i = 0; i < 3; i++) {
      push("user_info_modified", Sample.openId(), Map.of());
    }
    HandlePushes broken =
        handlePushes(
            new Watched(storage.identities()) {
              @Override
              public Optional<Identity> find(AppId appId, OpenId openId) {
                throw new IllegalStateException("a bug");
              }
            });
    assertThatIllegalStateException()
        .isThrownBy(broken::execute)
        .satisfies(told -> assertThat(told.getSuppressed()).hasSize(2));
  }

  @Test
  void without_the_storage_pushes_wait_for_it() {
    everythingIsKnown();
    push("user_info_modified", alice.openId(), Map.of());
    storage.goDown();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(handlePushes::execute);
    storage.comeBack();
    assertThat(handlePushes.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.NICKNAME)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void wherever_the_storage_goes_down_every_push_takes_effect_later(Outage.Beginning beginning) {
    int calls = -1;
    Outage outage;
    do {
      calls++;
      outage = new Outage(calls, beginning);
      List<Logins.Recorded> people = IntStream.range(0, 3).mapToObj(_ -> named()).toList();
      people.forEach(person -> push("user_info_modified", openIdOf(person), Map.of()));
      HandlePushes cutOff =
          new HandlePushes(
              outage.through(PushInbox.class, storage.pushInbox()),
              outage.through(Identities.class, storage.identities()),
              outage.through(MiniPrograms.class, storage.miniPrograms()),
              outage.through(ContentReviews.class, reviews),
              scene.clock());
      try {
        cutOff.execute();
        assertThat(outage.hasBegun()).isFalse();
      } catch (StorageUnavailable e) {
        assertThat(outage.hasBegun()).isTrue();
      }
      scene.clock().advance(Duration.ofSeconds(20));
      handlePushes.execute();
      assertThat(people)
          .allSatisfy(
              person ->
                  assertThat(scene.stored(person.user().id()).profileClearedAt()).isPresent());
      assertNothingWaits();
    } while (outage.hasBegun());
    assertThat(calls).isEqualTo(1 + 3 * 2);
  }

  @Test
  void workers_at_once_let_each_of_many_pushes_take_effect_once() {
    List<Logins.Recorded> people = IntStream.range(0, 120).mapToObj(_ -> named()).toList();
    people.forEach(person -> push("user_info_modified", openIdOf(person), Map.of()));
    List<Integer> handled =
        AtOnce.run(
            4,
            _ -> {
              int all = 0;
              for (int some = handlePushes.execute(); some > 0; some = handlePushes.execute()) {
                all += some;
              }
              return all;
            });
    assertThat(handled.stream().mapToInt(Integer::intValue).sum()).isEqualTo(120);
    assertThat(people)
        .allSatisfy(
            person ->
                assertThat(scene.stored(person.user().id()).profileClearedAt()).contains(NOW));
  }

  @Test
  void fifty_pushes_that_are_delivered_four_times_each_take_effect_fifty_times() {
    PushSettings settings =
        new PushSettings(
            PushSettings.Mode.SECURE,
            PushSettings.Format.JSON,
            Sample.pushToken(),
            List.of(Sample.pushKey()));
    scene.push(settings);
    InMemoryPushEnvelopes envelopes = new InMemoryPushEnvelopes();
    Settled settled = new Settled(storage.pushInbox());
    ReceivePush receivePush =
        new ReceivePush(
            storage.miniPrograms(), envelopes, settled, scene.clock(), new SecureRandom());
    HandlePushes handlesAll =
        new HandlePushes(
            settled, storage.identities(), storage.miniPrograms(), reviews, scene.clock());
    List<Logins.Recorded> people = IntStream.range(0, 50).mapToObj(_ -> named()).toList();
    AtomicInteger delivered = new AtomicInteger();
    List<Long> accepted =
        AtOnce.run(
            8,
            thread -> {
              if (thread >= 4) {
                while (delivered.get() < 4 || handlesAll.execute() > 0) {
                  handlesAll.execute();
                  Thread.yield();
                }
                return 0L;
              }
              try {
                return people.stream()
                    .map(person -> event("user_info_modified", openIdOf(person), Map.of()))
                    .map(event -> envelopes.push(scene.app().appId(), settings, event, NOW))
                    .map(request -> receivePush.execute(scene.app().appId(), request))
                    .filter(ReceivePush.Result.ACCEPTED::equals)
                    .count();
              } finally {
                delivered.incrementAndGet();
              }
            });
    assertThat(accepted.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
    assertThat(settled.effects).hasValue(50);
    assertThat(people)
        .allSatisfy(
            person ->
                assertThat(scene.stored(person.user().id()).profileClearedAt()).contains(NOW));
    assertNothingWaits();
  }

  @Test
  void a_worker_that_is_slow_does_not_repeat_what_another_has_done_meanwhile() {
    everythingIsKnown();
    push("user_info_modified", alice.openId(), Map.of());
    HandlePushes slow =
        handlePushes(
            new Watched(storage.identities()) {
              @Override
              public Optional<Identity> find(AppId appId, OpenId openId) {
                Optional<Identity> found = super.find(appId, openId);
                scene.clock().advance(Duration.ofSeconds(20));
                assertThat(handlePushes.execute()).isEqualTo(1);
                scene.show(user, ProfileField.NICKNAME, "new");
                return found;
              }
            });
    assertThat(slow.execute()).isEqualTo(1);
    assertThat(scene.shown(user, ProfileField.NICKNAME)).contains("new");
  }

  private HandlePushes handlePushes(Identities identities) {
    return new HandlePushes(
        storage.pushInbox(), identities, storage.miniPrograms(), reviews, scene.clock());
  }

  private void everythingIsKnown() {
    scene.show(user, ProfileField.NICKNAME, "Ann");
    scene.show(user, ProfileField.AVATAR_URL, AVATAR);
    scene.show(user, ProfileField.CITY, "Shenzhen");
    assertThat(
            storage
                .phoneBindings()
                .bind(
                    user,
                    Tenant.DEFAULT,
                    new BoundPhone(phone, scene.clock().instant()),
                    false,
                    Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
  }

  private OpenId openIdOf(Logins.Recorded person) {
    return scene.openId(person.user().id());
  }

  private Logins.Recorded named() {
    Logins.Recorded person = scene.newcomer();
    scene.show(person.user().id(), ProfileField.NICKNAME, "Ann");
    return person;
  }

  private Review submittedPicture() {
    Review review =
        new Review(
            Sample.uuid(),
            user,
            scene.app().appId(),
            alice.openId(),
            ProfileField.AVATAR_URL,
            Sample.avatarKey().path(),
            0,
            Optional.empty());
    reviews
        .submit(
            review,
            new ProfileChange(Map.of()),
            Profile.Source.USER,
            scene.clock().instant(),
            scene.clock().instant())
        .orElseThrow();
    return review;
  }

  private Review sentPicture() {
    Review review = submittedPicture();
    reviewContent.execute(review);
    return review;
  }

  private void pushResult(TraceId trace, String suggest) {
    accept(
        new Push(
            Sample.uuid(),
            scene.app().appId(),
            result(trace, suggest),
            scene.clock().instant(),
            0));
  }

  private void pushFailure(TraceId trace) {
    accept(
        new Push(
            Sample.uuid(),
            scene.app().appId(),
            new PushEvent(
                Map.of(
                    "Event", "wxa_media_check",
                    "trace_id", trace.value(),
                    "errcode", "-1008")),
            scene.clock().instant(),
            0));
  }

  private static PushEvent result(TraceId trace, String suggest) {
    return new PushEvent(
        Map.of(
            "Event",
            "wxa_media_check",
            "trace_id",
            trace.value(),
            "errcode",
            "0",
            "result.suggest",
            suggest));
  }

  private Push push(String event, OpenId openId, Map<String, String> more) {
    Push push =
        new Push(
            Sample.uuid(),
            scene.app().appId(),
            event(event, openId, more),
            scene.clock().instant(),
            0);
    accept(push);
    return push;
  }

  private void accept(Push push) {
    assertThat(storage.pushInbox().accept(push)).isTrue();
  }

  private PushEvent event(String event, OpenId openId, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>();
    fields.put("MsgType", "event");
    fields.put("Event", event);
    fields.put("OpenID", openId.value());
    fields.put("CreateTime", seconds(scene.clock().instant()));
    fields.putAll(more);
    return new PushEvent(fields);
  }

  /** Lets the clock show a full second, as WeChat's does. */
  private Instant atSecond() {
    scene.clock().set(scene.clock().instant().truncatedTo(ChronoUnit.SECONDS));
    return scene.clock().instant();
  }

  private static String seconds(Instant at) {
    return Long.toString(at.getEpochSecond());
  }

  private void assertNothingWaits() {
    scene.clock().advance(Duration.ofDays(1));
    assertThat(handlePushes.execute()).isZero();
  }

  /** Counts the pushes that took effect. */
  private record Settled(PushInbox inbox, AtomicInteger effects) implements PushInbox {
    Settled(PushInbox inbox) {
      this(inbox, new AtomicInteger());
    }

    @Override
    public boolean accept(Push push) {
      return inbox.accept(push);
    }

    @Override
    public List<Push> claim(Instant now, Instant retryAt, int limit) {
      return inbox.claim(now, retryAt, limit);
    }

    @Override
    public boolean settle(UUID push, PushEffect effect, Instant at) {
      boolean done = inbox.settle(push, effect, at);
      if (done) {
        effects.incrementAndGet();
      }
      return done;
    }

    @Override
    public boolean putOff(UUID push, Instant retryAt) {
      return inbox.putOff(push, retryAt);
    }

    @Override
    public int replay(AppId appId, Instant since, Instant now, Actor by) {
      return inbox.replay(appId, since, now, by);
    }

    @Override
    public int forget(Instant handledBefore, int limit) {
      return inbox.forget(handledBefore, limit);
    }
  }

  /** Somebody looks at what is asked. */
  private static class Watched implements Identities {
    private final Identities identities;

    Watched(Identities identities) {
      this.identities = identities;
    }

    @Override
    public Optional<Identity> find(UserId userId, AppId appId) {
      return identities.find(userId, appId);
    }

    @Override
    public Optional<Identity> find(AppId appId, OpenId openId) {
      return identities.find(appId, openId);
    }

    @Override
    public boolean keep(AppId appId, OpenId openId, SessionKey key, Instant at) {
      return identities.keep(appId, openId, key, at);
    }

    @Override
    public void rank(AppId appId, OpenId openId, int rank, boolean flagged, Instant at) {
      identities.rank(appId, openId, rank, flagged, at);
    }

    @Override
    public Optional<Ranked> ranked(AppId appId, OpenId openId) {
      return identities.ranked(appId, openId);
    }
  }
}
