package dev.minilogin.domain.testing;

import static dev.minilogin.domain.user.Profile.Source.OPERATOR;
import static dev.minilogin.domain.user.Profile.Source.USER;
import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.GENDER;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.review.ContentReviews;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile.Known;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link ContentReviews} promises. */
public interface ContentReviewsContract extends StorageContract {
  ProfileChange NOTHING = new ProfileChange(Map.of());

  // Submitting

  @Test
  default void a_nickname_under_review_is_told_to_its_owner_and_not_shown() {
    Visitor visitor = newVisitor();
    User named = change(visitor, NICKNAME, "Ann");
    Review review = Sample.review(visitor, NICKNAME, "😀𠮷 ' \\ \" %");
    Instant at = named.updatedAt().plusMillis(501);
    User expected = named.reviewing(NICKNAME, inReview(review, Optional.of("😀𠮷 ' \\ \" %")), at);
    assertThat(reviews().submit(review, NOTHING, USER, at, at)).contains(expected);
    assertThat(stored(visitor.id())).isEqualTo(expected);
    assertThat(expected.profile()).isEqualTo(named.profile());
    assertThat(expected.updatedAt()).isEqualTo(at);
  }

  @Test
  default void nobody_is_told_the_address_of_an_avatar_under_review() {
    Visitor visitor = newVisitor();
    User before = change(visitor, AVATAR_URL, "https://example.com/old.png");
    Review review = Sample.review(visitor, AVATAR_URL, Sample.avatarKey().path());
    Instant at = before.updatedAt().plusMillis(1);
    User expected = before.reviewing(AVATAR_URL, inReview(review, Optional.empty()), at);
    assertThat(reviews().submit(review, NOTHING, USER, at, at)).contains(expected);
    assertThat(stored(visitor.id())).isEqualTo(expected);
  }

  @Test
  default void the_rest_changes_in_the_same_step() {
    Visitor visitor = newVisitor();
    User before = change(visitor, CITY, "Guangzhou");
    Review review = Sample.review(visitor, NICKNAME, "Ann");
    ProfileChange rest =
        new ProfileChange(Map.of(CITY, Optional.empty(), GENDER, Optional.of("2")));
    Instant at = before.updatedAt().plusMillis(1);
    User expected =
        before
            .changed(rest, OPERATOR, at)
            .reviewing(NICKNAME, inReview(review, Optional.of("Ann")), at);
    assertThat(reviews().submit(review, rest, OPERATOR, at, at)).contains(expected);
    assertThat(stored(visitor.id())).isEqualTo(expected);
    assertThat(expected.profile().known()).isEqualTo(Map.of(GENDER, new Known("2", OPERATOR, at)));
  }

  @Test
  default void for_a_user_who_is_not_there_nothing_is_put_under_review() {
    quiet();
    Visitor visitor = newVisitor();
    Review stray =
        new Review(
            Sample.uuid(),
            Sample.userId(),
            visitor.app().appId(),
            visitor.openId(),
            NICKNAME,
            "Ann",
            0,
            Optional.empty());
    Instant now = Sample.now();
    assertThat(reviews().submit(stray, NOTHING, USER, now, now)).isEmpty();
    Visitor gone = newVisitor();
    eraseAccount(gone, now);
    User deleted = stored(gone.id());
    Review late = Sample.review(gone, NICKNAME, "Ann");
    ProfileChange rest = new ProfileChange(Map.of(CITY, Optional.of("Shenzhen")));
    assertThat(reviews().submit(late, rest, USER, now, now)).isEmpty();
    assertThat(stored(gone.id())).isEqualTo(deleted);
    assertThat(claim(now)).isEmpty();
    assertThat(reviews().decide(stray.id(), Decision.PASSED, now)).isFalse();
    assertThat(reviews().decide(late.id(), Decision.PASSED, now)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void a_newer_value_makes_the_older_review_forgotten(boolean held) {
    quiet();
    Visitor visitor = newVisitor();
    Review older = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = Sample.traceId();
    reviews().sent(older.id(), trace, Sample.now());
    if (held) {
      reviews().decide(older.id(), Decision.HELD, Sample.now());
    }
    Review newer = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    User before = stored(visitor.id());
    assertThat(before.reviews()).isEqualTo(Map.of(AVATAR_URL, inReview(newer, Optional.empty())));
    assertThat(reviews().find(visitor.app().appId(), trace)).isEmpty();
    assertThat(reviews().decide(older.id(), Decision.PASSED, Sample.now())).isFalse();
    assertThat(reviews().putOff(older.id(), Sample.now())).isFalse();
    assertThat(reviews().sent(older.id(), trace, Sample.now())).isFalse();
    assertThat(reviews().held(1000)).isEmpty();
    assertThat(stored(visitor.id())).isEqualTo(before);
    assertThat(claim(Sample.now())).containsExactly(newer);
  }

  @Test
  default void each_field_and_each_user_has_a_review_of_its_own() {
    quiet();
    Visitor visitor = newVisitor();
    Visitor other = newVisitor();
    Review nickname = submitted(visitor, NICKNAME, "Ann");
    Review avatar = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    Review others = submitted(other, NICKNAME, "Ann");
    assertThat(stored(visitor.id()).reviews())
        .isEqualTo(
            Map.of(
                NICKNAME, inReview(nickname, Optional.of("Ann")),
                AVATAR_URL, inReview(avatar, Optional.empty())));
    assertThat(claim(Sample.now())).containsExactlyInAnyOrder(nickname, avatar, others);
  }

  @Test
  default void of_values_submitted_at_once_one_is_under_review() {
    quiet();
    Visitor visitor = newVisitor();
    List<Review> given =
        Stream.generate(() -> Sample.review(visitor, NICKNAME, "Ann " + Sample.text(8)))
            .limit(8)
            .toList();
    Instant now = Sample.now();
    assertThat(AtOnce.run(8, i -> reviews().submit(given.get(i), NOTHING, USER, now, now)))
        .allMatch(Optional::isPresent);
    List<Review> open = claim(now);
    assertThat(open).hasSize(1).isSubsetOf(given);
    assertThat(stored(visitor.id()).reviews())
        .isEqualTo(
            Map.of(NICKNAME, inReview(open.getFirst(), Optional.of(open.getFirst().value()))));
  }

  // Taking up

  @Test
  default void a_review_is_given_out_when_its_time_has_come_and_then_again() {
    quiet();
    Visitor visitor = newVisitor();
    Instant now = Sample.now();
    Instant first = now.plusSeconds(10).plusMillis(1);
    Instant second = first.plusSeconds(60);
    Instant third = second.plusSeconds(60);
    Review review = Sample.review(visitor, NICKNAME, "Ann");
    reviews().submit(review, NOTHING, USER, now, first);
    assertThat(reviews().claim(first.minusMillis(1), second, 9)).isEmpty();
    assertThat(reviews().claim(first, second, 9)).containsExactly(review);
    assertThat(reviews().claim(first, second, 9)).isEmpty();
    assertThat(reviews().claim(second.minusMillis(1), third, 9)).isEmpty();
    assertThat(reviews().claim(second.plusSeconds(1), third, 9)).containsExactly(tried(review, 1));
    assertThat(reviews().claim(third, third.plusSeconds(60), 9)).containsExactly(tried(review, 2));
  }

  @Test
  default void no_more_reviews_are_given_out_than_were_asked_for() {
    quiet();
    List<Review> submitted =
        Stream.generate(() -> submitted(newVisitor(), NICKNAME, "Ann")).limit(5).toList();
    Instant now = Sample.now();
    List<Review> given = new ArrayList<>();
    for (int expected : List.of(2, 2, 1, 0)) {
      List<Review> some = reviews().claim(now, now.plusSeconds(60), 2);
      assertThat(some).hasSize(expected);
      given.addAll(some);
    }
    assertThat(given).containsExactlyInAnyOrderElementsOf(submitted);
  }

  @Test
  default void of_workers_at_once_each_review_is_given_to_one() {
    quiet();
    List<Review> submitted =
        Stream.generate(() -> submitted(newVisitor(), NICKNAME, "Ann")).limit(12).toList();
    Instant now = Sample.now();
    List<Review> given =
        new ArrayList<>(
            AtOnce.run(8, _ -> reviews().claim(now, now.plusSeconds(60), 3)).stream()
                .flatMap(List::stream)
                .toList());
    given.addAll(reviews().claim(now, now.plusSeconds(60), 12));
    assertThat(given).containsExactlyInAnyOrderElementsOf(submitted);
  }

  @Test
  default void a_review_that_is_put_off_is_given_out_later() {
    quiet();
    Review review = submitted(newVisitor(), NICKNAME, "Ann");
    Instant now = Sample.now();
    Instant later = now.plusSeconds(300);
    assertThat(reviews().putOff(review.id(), later)).isTrue();
    assertThat(reviews().claim(later.minusMillis(1), later, 9)).isEmpty();
    assertThat(reviews().claim(later, later.plusSeconds(60), 9)).containsExactly(review);
  }

  @Test
  default void a_decided_or_unknown_review_is_not_put_off() {
    quiet();
    Review review = submitted(newVisitor(), NICKNAME, "Ann");
    reviews().decide(review.id(), Decision.PASSED, Sample.now());
    assertThat(reviews().putOff(review.id(), Sample.now())).isFalse();
    assertThat(reviews().putOff(Sample.uuid(), Sample.now())).isFalse();
    assertThat(claim(Sample.now())).isEmpty();
  }

  // Pictures that WeChat looks at

  @Test
  default void a_picture_that_was_sent_is_found_by_its_trace_in_its_mini_program() {
    quiet();
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = Sample.traceId();
    assertThat(reviews().find(visitor.app().appId(), trace)).isEmpty();
    Instant later = Sample.now().plus(Duration.ofMinutes(35));
    assertThat(reviews().sent(review.id(), trace, later)).isTrue();
    Review sent = traced(review, trace);
    assertThat(reviews().find(visitor.app().appId(), trace)).contains(sent);
    assertThat(reviews().find(newMiniProgram().appId(), trace)).isEmpty();
    assertThat(reviews().find(visitor.app().appId(), Sample.traceId())).isEmpty();
    assertThat(reviews().claim(later.minusMillis(1), later, 9)).isEmpty();
    assertThat(reviews().claim(later, later.plusSeconds(60), 9)).containsExactly(sent);
  }

  @Test
  default void a_trace_can_have_every_form_that_the_domain_takes() {
    Visitor visitor = newVisitor();
    String start = "aA" + Sample.text(61);
    Review review = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = new TraceId(start + "x");
    reviews().sent(review.id(), trace, Sample.now());
    assertThat(reviews().find(visitor.app().appId(), trace)).contains(traced(review, trace));
    assertThat(reviews().find(visitor.app().appId(), new TraceId(start + "X"))).isEmpty();
    assertThat(reviews().find(visitor.app().appId(), new TraceId(start + "y"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSED", "REFUSED"})
  default void the_trace_of_a_decided_review_finds_nothing(Decision decision) {
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = Sample.traceId();
    reviews().sent(review.id(), trace, Sample.now());
    reviews().decide(review.id(), decision, Sample.now());
    assertThat(reviews().find(visitor.app().appId(), trace)).isEmpty();
    assertThat(reviews().sent(review.id(), Sample.traceId(), Sample.now())).isFalse();
    assertThat(reviews().sent(Sample.uuid(), Sample.traceId(), Sample.now())).isFalse();
  }

  // Deciding

  @ParameterizedTest
  @EnumSource(names = {"NICKNAME", "AVATAR_URL"})
  default void what_passed_is_shown_with_its_provenance(ProfileField field) {
    quiet();
    Visitor visitor = newVisitor();
    User before = change(visitor, field, "https://example.com/old.png");
    Review review = Sample.review(visitor, field, "https://example.com/new.png");
    Instant at = before.updatedAt().plusMillis(1);
    reviews().submit(review, NOTHING, OPERATOR, at, at);
    Instant decidedAt = at.plusMillis(998);
    User expected =
        before.changed(
            new ProfileChange(Map.of(field, Optional.of(review.value()))), OPERATOR, decidedAt);
    assertThat(reviews().decide(review.id(), Decision.PASSED, decidedAt)).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(expected);
    assertThat(expected.profile().known())
        .isEqualTo(Map.of(field, new Known(review.value(), OPERATOR, decidedAt)));
    assertThat(expected.reviews()).isEmpty();
    assertThat(claim(Sample.now())).isEmpty();
  }

  @Test
  default void what_was_refused_is_dropped_and_its_owner_is_told() {
    quiet();
    Visitor visitor = newVisitor();
    User before = change(visitor, NICKNAME, "Ann");
    Review review = submitted(visitor, NICKNAME, "Refused");
    Instant at = Sample.now().plusMillis(7);
    assertThat(reviews().decide(review.id(), Decision.REFUSED, at)).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(before.reviewing(NICKNAME, refused(review), at));
    assertThat(claim(Sample.now())).isEmpty();
    User changed = change(visitor, NICKNAME, "Anna");
    assertThat(changed.reviews()).isEmpty();
  }

  @Test
  default void what_was_refused_is_forgotten_with_the_next_value_under_review() {
    Visitor visitor = newVisitor();
    Review refused = submitted(visitor, NICKNAME, "Refused");
    reviews().decide(refused.id(), Decision.REFUSED, Sample.now());
    Review next = submitted(visitor, NICKNAME, "Next");
    assertThat(stored(visitor.id()).reviews())
        .isEqualTo(Map.of(NICKNAME, inReview(next, Optional.of("Next"))));
  }

  @Test
  default void what_is_held_waits_unseen_for_an_operator() {
    quiet();
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, NICKNAME, "Held");
    User before = stored(visitor.id());
    assertThat(reviews().decide(review.id(), Decision.HELD, Sample.now().plusMillis(9))).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(before);
    assertThat(reviews().held(9)).containsExactly(review);
    assertThat(claim(Sample.now())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSED", "REFUSED"})
  default void what_was_held_is_decided_later(Decision decision) {
    quiet();
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, NICKNAME, "Held");
    reviews().decide(review.id(), Decision.HELD, Sample.now());
    assertThat(reviews().decide(review.id(), decision, Sample.now())).isTrue();
    assertThat(reviews().held(9)).isEmpty();
    User after = stored(visitor.id());
    if (decision == Decision.PASSED) {
      assertThat(after.profile().value(NICKNAME)).contains("Held");
      assertThat(after.reviews()).isEmpty();
    } else {
      assertThat(after.profile().value(NICKNAME)).isEmpty();
      assertThat(after.reviews()).isEqualTo(Map.of(NICKNAME, refused(review)));
    }
    assertThat(reviews().decide(review.id(), Decision.HELD, Sample.now())).isFalse();
    assertThat(reviews().held(9)).isEmpty();
  }

  @Test
  default void held_reviews_come_oldest_first_and_no_more_than_were_asked_for() {
    quiet();
    List<Review> submitted = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Review review = Sample.review(newVisitor(), NICKNAME, "Held " + i);
      Instant at = Sample.now().plusMillis(i);
      reviews().submit(review, NOTHING, USER, at, at);
      submitted.add(review);
    }
    for (int i : List.of(2, 0, 1)) {
      reviews().decide(submitted.get(i).id(), Decision.HELD, Sample.now());
    }
    assertThat(reviews().held(9)).containsExactlyElementsOf(submitted);
    assertThat(reviews().held(2)).containsExactlyElementsOf(submitted.subList(0, 2));
  }

  @Test
  default void a_review_is_decided_once() {
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, NICKNAME, "Ann");
    assertThat(reviews().decide(review.id(), Decision.PASSED, Sample.now())).isTrue();
    User after = stored(visitor.id());
    for (Decision again : Decision.values()) {
      assertThat(reviews().decide(review.id(), again, Sample.now().plusMillis(9))).isFalse();
    }
    assertThat(stored(visitor.id())).isEqualTo(after);
    assertThat(reviews().decide(Sample.uuid(), Decision.PASSED, Sample.now())).isFalse();
  }

  @Test
  default void of_decisions_at_once_one_counts() {
    Visitor visitor = newVisitor();
    User before = stored(visitor.id());
    Review review = submitted(visitor, NICKNAME, "Ann");
    Instant start = Sample.now();
    List<Boolean> counted =
        AtOnce.run(
            8,
            i ->
                reviews()
                    .decide(
                        review.id(),
                        i % 2 == 0 ? Decision.PASSED : Decision.REFUSED,
                        start.plusMillis(i)));
    assertThat(counted).containsOnlyOnce(true);
    int winner = counted.indexOf(true);
    Instant at = start.plusMillis(winner);
    assertThat(stored(visitor.id()))
        .isEqualTo(
            winner % 2 == 0
                ? before.changed(new ProfileChange(Map.of(NICKNAME, Optional.of("Ann"))), USER, at)
                : before.reviewing(NICKNAME, refused(review), at));
  }

  @ParameterizedTest
  @CsvSource({"false, Own", "true, Own", "false, Shown", "true, Shown", "false,", "true,"})
  default void a_review_is_forgotten_once_its_owner_sets_or_clears_the_field(
      boolean held, String value) {
    quiet();
    Visitor visitor = newVisitor();
    change(visitor, NICKNAME, "Shown");
    Review review = submitted(visitor, NICKNAME, "Reviewed");
    Review avatar = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = Sample.traceId();
    reviews().sent(review.id(), trace, Sample.now());
    if (held) {
      reviews().decide(review.id(), Decision.HELD, Sample.now());
    }
    User before = change(visitor, new ProfileChange(Map.of(NICKNAME, Optional.ofNullable(value))));
    assertThat(before.reviews()).containsOnlyKeys(AVATAR_URL);
    assertForgotten(review, trace, visitor);
    assertThat(stored(visitor.id())).isEqualTo(before);
    assertThat(claim(Sample.now())).containsExactly(avatar);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void a_review_is_forgotten_once_another_fields_value_clears_it_along(boolean held) {
    quiet();
    Visitor visitor = newVisitor();
    Review nickname = submitted(visitor, NICKNAME, "Reviewed");
    TraceId trace = Sample.traceId();
    reviews().sent(nickname.id(), trace, Sample.now());
    if (held) {
      reviews().decide(nickname.id(), Decision.HELD, Sample.now());
    }
    Review avatar = Sample.review(visitor, AVATAR_URL, Sample.avatarKey().path());
    ProfileChange rest = new ProfileChange(Map.of(NICKNAME, Optional.empty()));
    reviews().submit(avatar, rest, USER, Sample.now(), Sample.now());
    assertForgotten(nickname, trace, visitor);
    assertThat(claim(Sample.now())).containsExactly(avatar);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  default void a_review_is_forgotten_once_wechat_has_cleaned_its_field(boolean held) {
    quiet();
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, NICKNAME, "Reviewed");
    TraceId trace = Sample.traceId();
    reviews().sent(review.id(), trace, Sample.now());
    if (held) {
      reviews().decide(review.id(), Decision.HELD, Sample.now());
    }
    Instant at = Sample.now().plusMillis(1);
    Push push =
        new Push(
            Sample.uuid(),
            visitor.app().appId(),
            new PushEvent(Map.of("MsgId", Sample.text(12))),
            at,
            0);
    storage().pushInbox().accept(push);
    storage().pushInbox().settle(push.id(), new PushEffect.Clean(visitor.id(), at), at);
    assertForgotten(review, trace, visitor);
    assertThat(claim(Sample.now())).isEmpty();
  }

  private void assertForgotten(Review review, TraceId trace, Visitor visitor) {
    User before = stored(visitor.id());
    assertThat(reviews().held(1000)).isEmpty();
    assertThat(reviews().find(visitor.app().appId(), trace)).isEmpty();
    assertThat(reviews().sent(review.id(), trace, Sample.now())).isFalse();
    assertThat(reviews().putOff(review.id(), Sample.now())).isFalse();
    for (Decision decision : Decision.values()) {
      assertThat(reviews().decide(review.id(), decision, Sample.now())).isFalse();
    }
    assertThat(stored(visitor.id())).isEqualTo(before);
  }

  @Test
  default void a_change_of_another_field_or_to_a_placeholder_is_no_change_of_the_reviewed_one() {
    Visitor visitor = newVisitor();
    Review review = submitted(visitor, NICKNAME, "Ann");
    change(visitor, CITY, "Shenzhen");
    change(visitor, NICKNAME, "微信用户");
    assertThat(reviews().decide(review.id(), Decision.PASSED, Sample.now())).isTrue();
    assertThat(stored(visitor.id()).profile().value(NICKNAME)).contains("Ann");
    assertThat(stored(visitor.id()).profile().value(CITY)).contains("Shenzhen");
  }

  @Test
  default void of_a_decision_and_its_owners_change_at_once_the_owner_has_the_last_word() {
    for (int round = 0; round < 8; round++) {
      Visitor visitor = newVisitor();
      Review review = submitted(visitor, NICKNAME, "Reviewed");
      AtOnce.run(
          2,
          i ->
              i == 0
                  ? reviews().decide(review.id(), Decision.PASSED, Sample.now())
                  : change(visitor, NICKNAME, "Own"));
      assertThat(stored(visitor.id()).profile().value(NICKNAME)).contains("Own");
      assertThat(stored(visitor.id()).reviews()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PASSED", "REFUSED"})
  default void a_newer_value_and_a_decision_about_the_older_at_once_leave_the_newer_in_review(
      Decision decision) {
    for (int round = 0; round < 8; round++) {
      Visitor visitor = newVisitor();
      Review older = submitted(visitor, NICKNAME, "Older");
      Review newer = Sample.review(visitor, NICKNAME, "Newer");
      Instant now = Sample.now();
      AtOnce.run(
          2,
          i ->
              i == 0
                  ? reviews().decide(older.id(), decision, now)
                  : reviews().submit(newer, NOTHING, USER, now, now));
      assertThat(stored(visitor.id()).reviews())
          .isEqualTo(Map.of(NICKNAME, inReview(newer, Optional.of("Newer"))));
      assertThat(reviews().decide(newer.id(), Decision.PASSED, now)).isTrue();
      assertThat(stored(visitor.id()).profile().value(NICKNAME)).contains("Newer");
    }
  }

  @Test
  default void decisions_and_changes_of_other_fields_at_once_lose_none() {
    for (int round = 0; round < 8; round++) {
      Visitor visitor = newVisitor();
      Review nickname = submitted(visitor, NICKNAME, "Ann");
      Review avatar = submitted(visitor, AVATAR_URL, "https://example.com/a.png");
      AtOnce.run(
          3,
          i ->
              switch (i) {
                case 0 -> reviews().decide(nickname.id(), Decision.PASSED, Sample.now());
                case 1 -> reviews().decide(avatar.id(), Decision.PASSED, Sample.now());
                default -> change(visitor, CITY, "Shenzhen");
              });
      User after = stored(visitor.id());
      assertThat(after.profile().value(NICKNAME)).contains("Ann");
      assertThat(after.profile().value(AVATAR_URL)).contains("https://example.com/a.png");
      assertThat(after.profile().value(CITY)).contains("Shenzhen");
      assertThat(after.reviews()).isEmpty();
    }
  }

  @Test
  default void of_an_erased_account_nothing_is_under_review() {
    quiet();
    Visitor visitor = newVisitor();
    Review nickname = submitted(visitor, NICKNAME, "Ann");
    Review avatar = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    TraceId trace = Sample.traceId();
    reviews().sent(avatar.id(), trace, Sample.now());
    reviews().decide(nickname.id(), Decision.HELD, Sample.now());
    eraseAccount(visitor, Sample.now());
    User deleted = stored(visitor.id());
    assertThat(claim(Sample.now())).isEmpty();
    assertThat(reviews().held(9)).isEmpty();
    assertThat(reviews().find(visitor.app().appId(), trace)).isEmpty();
    assertThat(reviews().decide(nickname.id(), Decision.PASSED, Sample.now())).isFalse();
    assertThat(reviews().decide(avatar.id(), Decision.PASSED, Sample.now())).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(deleted);
  }

  @Test
  default void reviews_of_an_unreachable_storage_are_neither_there_nor_not() {
    Review review = Sample.review(newVisitor(), NICKNAME, "Ann");
    Instant now = Sample.now();
    List<Consumer<ContentReviews>> calls =
        List.of(
            port -> port.submit(review, NOTHING, USER, now, now),
            port -> port.claim(now, now, 1),
            port -> port.putOff(review.id(), now),
            port -> port.sent(review.id(), Sample.traceId(), now),
            port -> port.find(review.appId(), Sample.traceId()),
            port -> port.decide(review.id(), Decision.PASSED, now),
            port -> port.held(1));
    calls.forEach(
        call ->
            assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> call.accept(unreachableStorage().contentReviews())));
  }

  private ContentReviews reviews() {
    return storage().contentReviews();
  }

  /** Takes up and decides what other tests have left, so that a test sees its own alone. */
  private void quiet() {
    Instant soon = Sample.now().plus(Duration.ofDays(1));
    while (!reviews().claim(soon, soon.plus(Duration.ofDays(400)), 100).isEmpty()) {
      // Each round puts some off until long after the test.
    }
    for (Review left : reviews().held(10_000)) {
      reviews().decide(left.id(), Decision.REFUSED, Sample.now());
    }
  }

  /** Takes up everything that is due. */
  private List<Review> claim(Instant now) {
    return reviews().claim(now, now.plus(Duration.ofDays(400)), 100);
  }

  /** A review of a new value, due at once. */
  private Review submitted(Visitor visitor, ProfileField field, String value) {
    Review review = Sample.review(visitor, field, value);
    Instant now = Sample.now();
    assertThat(reviews().submit(review, NOTHING, USER, now, now)).isPresent();
    return review;
  }

  private User change(Visitor visitor, ProfileField field, String value) {
    return change(visitor, new ProfileChange(Map.of(field, Optional.of(value))));
  }

  private User change(Visitor visitor, ProfileChange change) {
    return storage().users().changeProfile(visitor.id(), change, USER, Sample.now()).orElseThrow();
  }

  private static FieldReview inReview(Review review, Optional<String> value) {
    return new FieldReview(review.id(), FieldReview.State.IN_REVIEW, value);
  }

  private static FieldReview refused(Review review) {
    return new FieldReview(review.id(), FieldReview.State.REFUSED, Optional.empty());
  }

  private static Review tried(Review review, int tries) {
    return copy(review, tries, review.trace());
  }

  private static Review traced(Review review, TraceId trace) {
    return copy(review, review.tries(), Optional.of(trace));
  }

  private static Review copy(Review review, int tries, Optional<TraceId> trace) {
    return new Review(
        review.id(),
        review.userId(),
        review.appId(),
        review.openId(),
        review.field(),
        review.value(),
        tries,
        trace);
  }

  // What the audit log says

  @Test
  default void a_decision_is_in_the_audit_log_once_and_to_hold_is_none() {
    Visitor visitor = newVisitor();
    Instant at = Sample.now();
    Review review = Sample.review(visitor, NICKNAME, "Ann");
    reviews().submit(review, new ProfileChange(Map.of()), USER, at, at.plusSeconds(60));
    reviews().decide(review.id(), Decision.HELD, at);
    reviews().decide(review.id(), Decision.REFUSED, Sample.ANN, at.plusMillis(1));
    reviews().decide(review.id(), Decision.PASSED, Sample.ANN, at.plusMillis(2));
    assertThat(auditOf(visitor.id()))
        .filteredOn(event -> event.kind() == Kind.REVIEW_DECIDED)
        .containsExactly(
            AuditEvent.of(Kind.REVIEW_DECIDED, Sample.ANN, at.plusMillis(1))
                .withUser(visitor.id())
                .withApp(visitor.app().appId())
                .with("review", review.id())
                .with("field", "nickname")
                .with("decision", "REFUSED"));
  }
}
