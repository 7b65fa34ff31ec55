package dev.minilogin.domain.testing;

import static dev.minilogin.domain.testing.Sample.ANN;
import static dev.minilogin.domain.user.ProfileField.AVATAR_URL;
import static dev.minilogin.domain.user.ProfileField.CITY;
import static dev.minilogin.domain.user.ProfileField.NICKNAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link PushInbox} promises. */
public interface PushInboxContract extends StorageContract {
  Instant LATER_THAN_ALL = Instant.parse("2999-12-31T23:59:59Z");

  /** Nothing but what the tests of forgetting handle was handled so early. */
  Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  // Accepting

  @Test
  default void an_accepted_push_is_taken_up_as_it_was_written() {
    quiet();
    Map<String, String> fields = new HashMap<>();
    fields.put("MsgType", "event");
    fields.put("Event", "a_new_event");
    fields.put("OpenPID", " G7esq5NVzP76HIHoB95t4CVBP6to");
    fields.put("Empty", "");
    fields.put("result.suggest", "pass");
    fields.put("名字", "😀𠮷 ' \\ \" % <&> \n");
    fields.put("long", "长".repeat(5000));
    Push push = push(new PushEvent(fields), Sample.now());
    assertThat(inbox().accept(push)).isTrue();
    assertThat(claim(push.receivedAt())).containsExactly(push);
  }

  @Test
  default void a_push_that_is_delivered_again_is_not_new() {
    quiet();
    Map<String, String> fields = event();
    Push first = push(new PushEvent(fields), Sample.now());
    assertThat(inbox().accept(first)).isTrue();
    fields.put("ToUserName", "gh_anything");
    Push again =
        new Push(
            Sample.uuid(),
            first.appId(),
            new PushEvent(fields),
            first.receivedAt().plusSeconds(5),
            0);
    assertThat(inbox().accept(again)).isFalse();
    assertThat(inbox().settle(again.id(), new PushEffect.None(), Sample.now())).isFalse();
    assertThat(claim(again.receivedAt())).containsExactly(first);
  }

  @Test
  default void a_push_that_took_effect_is_not_new_either() {
    quiet();
    Push push = accepted();
    assertThat(settle(push, new PushEffect.None())).isTrue();
    assertThat(inbox().accept(copy(push))).isFalse();
    assertThat(claim(Sample.now())).isEmpty();
  }

  @Test
  default void of_deliveries_at_once_one_is_new() {
    quiet();
    Push push = push(new PushEvent(event()), Sample.now());
    List<Push> deliveries = Stream.generate(() -> copy(push)).limit(16).toList();
    assertThat(AtOnce.run(16, i -> inbox().accept(deliveries.get(i)))).containsOnlyOnce(true);
    assertThat(claim(push.receivedAt())).hasSize(1);
  }

  @Test
  default void the_same_push_about_another_mini_program_is_another() {
    quiet();
    Push push = accepted();
    Push other =
        new Push(Sample.uuid(), newMiniProgram().appId(), push.event(), push.receivedAt(), 0);
    assertThat(inbox().accept(other)).isTrue();
    assertThat(claim(push.receivedAt())).containsExactlyInAnyOrder(push, other);
  }

  @ParameterizedTest
  @CsvSource({"OpenID, oABC, oAbc", "CreateTime, 1, 2", "RevokeInfo, 6, 8"})
  default void pushes_that_differ_in_what_they_are_about_are_two(
      String field, String one, String other) {
    quiet();
    Map<String, String> fields = event();
    AppId app = newMiniProgram().appId();
    List<Push> pushes =
        Stream.of(one, other)
            .map(
                value -> {
                  fields.put(field, value);
                  return new Push(Sample.uuid(), app, new PushEvent(fields), Sample.now(), 0);
                })
            .toList();
    pushes.forEach(push -> assertThat(inbox().accept(push)).isTrue());
    assertThat(claim(Sample.now())).containsExactlyInAnyOrderElementsOf(pushes);
  }

  // Taking up

  @Test
  default void the_oldest_pushes_come_first_and_no_more_than_were_asked_for() {
    quiet();
    Instant now = Sample.now();
    List<Push> pushes = new ArrayList<>();
    for (int i : List.of(3, 1, 4, 0, 2)) {
      Push push = push(new PushEvent(event()), now.minusMillis(4 - i));
      inbox().accept(push);
      pushes.add(push);
    }
    pushes.sort(Comparator.comparing(Push::receivedAt));
    Instant later = now.plusSeconds(60);
    assertThat(inbox().claim(now, later, 2)).containsExactlyElementsOf(pushes.subList(0, 2));
    assertThat(inbox().claim(now, later, 2)).containsExactlyElementsOf(pushes.subList(2, 4));
    assertThat(inbox().claim(now, later, 2)).containsExactlyElementsOf(pushes.subList(4, 5));
    assertThat(inbox().claim(now, later, 2)).isEmpty();
  }

  @Test
  default void a_push_that_waits_still_is_given_out_again() {
    quiet();
    Push push = accepted();
    Instant now = push.receivedAt();
    Instant second = now.plusSeconds(60);
    Instant third = second.plusSeconds(60);
    assertThat(inbox().claim(now, second, 9)).containsExactly(push);
    assertThat(inbox().claim(now, second, 9)).isEmpty();
    assertThat(inbox().claim(second.minusMillis(1), third, 9)).isEmpty();
    assertThat(inbox().claim(second, third, 9)).containsExactly(tried(push, 1));
    assertThat(inbox().claim(third, third.plusSeconds(60), 9)).containsExactly(tried(push, 2));
  }

  @Test
  default void of_workers_at_once_each_push_is_given_to_one() {
    quiet();
    List<Push> pushes = Stream.generate(this::accepted).limit(12).toList();
    Instant now = Sample.now();
    List<Push> given =
        new ArrayList<>(
            AtOnce.run(8, _ -> inbox().claim(now, now.plusSeconds(60), 3)).stream()
                .flatMap(List::stream)
                .toList());
    given.addAll(inbox().claim(now, now.plusSeconds(60), 12));
    assertThat(given).containsExactlyInAnyOrderElementsOf(pushes);
  }

  @Test
  default void a_push_that_is_put_off_is_given_out_later() {
    quiet();
    Push push = accepted();
    Instant later = push.receivedAt().plusSeconds(300);
    assertThat(inbox().putOff(push.id(), later)).isTrue();
    assertThat(inbox().claim(later.minusMillis(1), later, 9)).isEmpty();
    assertThat(inbox().claim(later, later.plusSeconds(60), 9)).containsExactly(push);
  }

  @Test
  default void a_push_that_is_done_or_unknown_is_not_put_off() {
    quiet();
    Push push = accepted();
    settle(push, new PushEffect.None());
    assertThat(inbox().putOff(push.id(), Sample.now())).isFalse();
    assertThat(inbox().putOff(Sample.uuid(), Sample.now())).isFalse();
    assertThat(claim(Sample.now())).isEmpty();
  }

  // Taking effect

  @Test
  default void a_push_takes_effect_once() {
    quiet();
    Visitor visitor = named();
    User before = stored(visitor.id());
    Push push = accepted();
    Instant at = Sample.now().plusMillis(1);
    PushEffect clean = new PushEffect.Clean(visitor.id(), LATER_THAN_ALL);
    assertThat(inbox().settle(push.id(), clean, at)).isTrue();
    User cleaned = stored(visitor.id());
    assertThat(cleaned).isEqualTo(before.cleaned(LATER_THAN_ALL, at));
    assertThat(cleaned).isNotEqualTo(before);
    change(visitor, NICKNAME, "Again");
    User changed = stored(visitor.id());
    assertThat(inbox().settle(push.id(), clean, at.plusMillis(1))).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(changed);
    assertThat(claim(Sample.now())).isEmpty();
    assertThat(inbox().settle(Sample.uuid(), clean, at)).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(changed);
  }

  @Test
  default void however_many_settle_a_push_at_once_it_takes_effect_once() {
    Visitor visitor = named();
    User before = stored(visitor.id());
    Push push = accepted();
    Instant start = Sample.now();
    List<Boolean> settled =
        AtOnce.run(
            8,
            i ->
                inbox()
                    .settle(
                        push.id(),
                        new PushEffect.Clean(visitor.id(), LATER_THAN_ALL),
                        start.plusMillis(i)));
    assertThat(settled).containsOnlyOnce(true);
    assertThat(stored(visitor.id()))
        .isEqualTo(before.cleaned(LATER_THAN_ALL, start.plusMillis(settled.indexOf(true))));
  }

  static Stream<PushEffect> effectsOnNobody() {
    return Stream.of(
        new PushEffect.None(),
        new PushEffect.Forget(),
        new PushEffect.Clean(Sample.userId(), LATER_THAN_ALL),
        new PushEffect.Erase(
            Sample.userId(), EnumSet.allOf(ProfileField.class), true, LATER_THAN_ALL),
        new PushEffect.EraseAccount(Sample.userId()),
        new PushEffect.Decide(Sample.uuid(), Decision.PASSED));
  }

  @ParameterizedTest
  @MethodSource("effectsOnNobody")
  default void an_effect_on_nobody_is_done_and_changes_nothing(PushEffect effect) {
    quiet();
    Visitor visitor = named();
    User before = stored(visitor.id());
    Push push = accepted();
    assertThat(settle(push, effect)).isTrue();
    assertThat(settle(push, effect)).isFalse();
    assertThat(claim(Sample.now())).isEmpty();
    assertThat(stored(visitor.id())).isEqualTo(before);
  }

  @Test
  default void a_cleaned_profile_has_no_nickname_no_avatar_and_no_review_of_them() {
    Visitor visitor = named();
    Review review = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    inbox().settle(accepted().id(), new PushEffect.Clean(visitor.id(), at), at);
    User cleaned = stored(visitor.id());
    assertThat(cleaned).isEqualTo(before.cleaned(at, at));
    assertThat(cleaned.profileClearedAt()).contains(at);
    assertThat(cleaned.profile().known().keySet()).containsExactly(CITY);
    assertThat(storage().contentReviews().decide(review.id(), Decision.PASSED, at.plusMillis(1)))
        .isFalse();
    assertThat(stored(visitor.id())).isEqualTo(cleaned);
    change(visitor, NICKNAME, "Again");
    assertThat(stored(visitor.id()).profileClearedAt()).isEmpty();
  }

  @Test
  default void to_clean_a_profile_again_changes_nothing_more() {
    Visitor visitor = named();
    settle(accepted(), new PushEffect.Clean(visitor.id(), LATER_THAN_ALL));
    User cleaned = stored(visitor.id());
    inbox()
        .settle(
            accepted().id(),
            new PushEffect.Clean(visitor.id(), LATER_THAN_ALL),
            cleaned.updatedAt().plusSeconds(1));
    assertThat(stored(visitor.id())).isEqualTo(cleaned);
  }

  @Test
  default void what_was_given_after_a_push_was_made_stays() {
    quiet();
    Visitor visitor = newVisitor();
    Instant made = Sample.now().minusSeconds(60);
    changeAt(visitor, AVATAR_URL, "https://example.com/old.png", made);
    changeAt(visitor, NICKNAME, "New", made.plusMillis(1));
    Review review = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    BoundPhone phone = bindPhoneAt(visitor, made.plusMillis(1));
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    Set<ProfileField> fields = Set.of(NICKNAME, AVATAR_URL);
    inbox().settle(accepted().id(), new PushEffect.Erase(visitor.id(), fields, true, made), at);
    User erased = stored(visitor.id());
    assertThat(erased).isEqualTo(before.erased(fields, made, at));
    assertThat(erased.profile().known()).containsOnlyKeys(NICKNAME);
    assertThat(erased.phone()).contains(phone);
    assertThat(erased.reviews()).containsOnlyKeys(AVATAR_URL);
    inbox().settle(accepted().id(), new PushEffect.Clean(visitor.id(), made), at.plusMillis(1));
    assertThat(stored(visitor.id())).isEqualTo(erased);
    assertThat(storage().contentReviews().decide(review.id(), Decision.PASSED, at)).isTrue();
    assertThat(stored(visitor.id()).profile().value(AVATAR_URL)).contains(review.value());
  }

  @Test
  default void a_phone_number_goes_if_it_was_bound_when_the_push_was_made() {
    Visitor visitor = newVisitor();
    Instant made = Sample.now().minusSeconds(60);
    bindPhoneAt(visitor, made);
    User before = stored(visitor.id());
    Instant at = Sample.now();
    PushEffect early = new PushEffect.Erase(visitor.id(), Set.of(), true, made.minusMillis(1));
    inbox().settle(accepted().id(), early, at);
    assertThat(stored(visitor.id())).isEqualTo(before);
    PushEffect erase = new PushEffect.Erase(visitor.id(), Set.of(), true, made);
    inbox().settle(accepted().id(), erase, at);
    assertThat(stored(visitor.id())).isEqualTo(before.withPhone(Optional.empty(), at));
  }

  @Test
  default void a_replay_takes_nothing_of_what_the_user_has_given_anew() {
    quiet();
    Visitor visitor = newVisitor();
    AppId app = visitor.app().appId();
    Instant made = Sample.now().minusSeconds(60);
    changeAt(visitor, NICKNAME, "Old", made);
    bindPhoneAt(visitor, made);
    Push cleaning = accepted(app, made);
    Push erasing = accepted(app, made);
    PushEffect clean = new PushEffect.Clean(visitor.id(), made);
    PushEffect erase = new PushEffect.Erase(visitor.id(), Set.of(NICKNAME, AVATAR_URL), true, made);
    settle(cleaning, clean);
    settle(erasing, erase);
    assertThat(stored(visitor.id()).profile().known()).isEmpty();
    assertThat(stored(visitor.id()).phone()).isEmpty();
    changeAt(visitor, NICKNAME, "New", made.plusMillis(1));
    bindPhoneAt(visitor, made.plusMillis(1));
    User before = stored(visitor.id());
    assertThat(inbox().replay(app, Instant.EPOCH, Sample.now(), ANN)).isEqualTo(2);
    assertThat(settle(cleaning, clean)).isTrue();
    assertThat(settle(erasing, erase)).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(before);
  }

  static Stream<Set<ProfileField>> erasedFields() {
    return Stream.concat(
        EnumSet.allOf(ProfileField.class).stream().map(Set::of),
        Stream.of(Set.of(), Set.of(NICKNAME, AVATAR_URL), EnumSet.allOf(ProfileField.class)));
  }

  @ParameterizedTest
  @MethodSource("erasedFields")
  default void exactly_the_named_fields_are_erased(Set<ProfileField> fields) {
    Visitor visitor = newVisitor();
    Map<ProfileField, Optional<String>> values = new HashMap<>();
    for (ProfileField field : ProfileField.values()) {
      values.put(
          field,
          Optional.of(
              switch (field) {
                case AVATAR_URL -> "https://example.com/a.png";
                case GENDER -> "2";
                default -> field.key();
              }));
    }
    change(visitor, new ProfileChange(values));
    bindPhone(visitor);
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    inbox().settle(accepted().id(), new PushEffect.Erase(visitor.id(), fields, false, at), at);
    User after = stored(visitor.id());
    assertThat(after.profile().known().keySet()).isEqualTo(EnumSet.complementOf(enumSet(fields)));
    after
        .profile()
        .known()
        .forEach(
            (field, known) -> assertThat(known).isEqualTo(before.profile().known().get(field)));
    assertThat(after.phone()).isEqualTo(before.phone());
    assertThat(after.updatedAt()).isEqualTo(fields.isEmpty() ? before.updatedAt() : at);
    assertThat(after.status()).isEqualTo(User.Status.ACTIVE);
    assertThat(after.profileClearedAt()).isEmpty();
    assertThat(found(visitor.login()).session().endedAt(Sample.now(), after.standing())).isEmpty();
  }

  @Test
  default void the_phone_number_alone_is_erased_and_anybodys_again() {
    Visitor visitor = named();
    BoundPhone phone = bindPhone(visitor);
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    inbox().settle(accepted().id(), new PushEffect.Erase(visitor.id(), Set.of(), true, at), at);
    assertThat(stored(visitor.id())).isEqualTo(before.withPhone(Optional.empty(), at));
    Visitor other = newVisitor();
    assertThat(
            storage()
                .phoneBindings()
                .bind(
                    other.id(), visitor.app().policies().tenant(), phone, false, Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
  }

  @Test
  default void what_is_under_review_for_an_erased_field_is_erased_and_nothing_else() {
    quiet();
    Visitor visitor = newVisitor();
    Review nickname = submitted(visitor, NICKNAME, "Ann");
    Review avatar = submitted(visitor, AVATAR_URL, Sample.avatarKey().path());
    FieldReview left = stored(visitor.id()).reviews().get(AVATAR_URL);
    settle(accepted(), new PushEffect.Erase(visitor.id(), Set.of(NICKNAME), false, LATER_THAN_ALL));
    assertThat(stored(visitor.id()).reviews()).isEqualTo(Map.of(AVATAR_URL, left));
    Instant now = Sample.now();
    assertThat(storage().contentReviews().claim(now, now.plusSeconds(60), 10_000))
        .contains(avatar)
        .doesNotContain(nickname);
    assertThat(storage().contentReviews().decide(nickname.id(), Decision.PASSED, now)).isFalse();
    assertThat(stored(visitor.id()).profile().value(NICKNAME)).isEmpty();
  }

  @Test
  default void to_erase_again_changes_nothing_more() {
    Visitor visitor = named();
    bindPhone(visitor);
    PushEffect erase = new PushEffect.Erase(visitor.id(), Set.of(NICKNAME), true, LATER_THAN_ALL);
    settle(accepted(), erase);
    User erased = stored(visitor.id());
    inbox().settle(accepted().id(), erase, erased.updatedAt().plusSeconds(1));
    assertThat(stored(visitor.id())).isEqualTo(erased);
  }

  @Test
  default void of_an_erased_account_is_left_that_it_was_there() {
    Visitor visitor = named();
    bindPhone(visitor);
    submitted(visitor, NICKNAME, "Ann");
    Visitor other = named();
    User otherBefore = stored(other.id());
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    Push push = accepted();
    assertThat(inbox().settle(push.id(), new PushEffect.EraseAccount(visitor.id()), at)).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(before.deleted(at));
    assertThat(stored(other.id())).isEqualTo(otherBefore);
    assertThat(inbox().settle(push.id(), new PushEffect.EraseAccount(visitor.id()), at)).isFalse();
  }

  @Test
  default void to_erase_an_account_again_changes_nothing_more() {
    Visitor visitor = named();
    settle(accepted(), new PushEffect.EraseAccount(visitor.id()));
    User erased = stored(visitor.id());
    Instant later = erased.updatedAt().plusSeconds(1);
    for (PushEffect effect :
        List.of(
            new PushEffect.EraseAccount(visitor.id()),
            new PushEffect.Erase(visitor.id(), EnumSet.allOf(ProfileField.class), true, later),
            new PushEffect.Clean(visitor.id(), LATER_THAN_ALL))) {
      assertThat(inbox().settle(accepted().id(), effect, later)).isTrue();
      assertThat(stored(visitor.id())).isEqualTo(erased);
    }
  }

  @Test
  default void a_push_that_erased_an_account_is_never_new_so_that_it_erases_no_newer_one() {
    quiet();
    Visitor visitor = newVisitor();
    Map<String, String> fields = new HashMap<>();
    fields.put("Event", "user_authorization_cancellation");
    fields.put("OpenID", visitor.openId().value());
    fields.put("CreateTime", "1627359464");
    Push push =
        new Push(Sample.uuid(), visitor.app().appId(), new PushEvent(fields), Sample.now(), 0);
    inbox().accept(push);
    settle(push, new PushEffect.EraseAccount(visitor.id()));
    assertThat(inbox().accept(copy(push))).isFalse();
    assertThat(claim(Sample.now())).isEmpty();
  }

  @Test
  default void whatever_was_pushed_about_an_erased_person_is_gone_and_nothing_else() {
    quiet();
    UnionId unionId = Sample.unionId();
    Visitor visitor = visitor(newMiniProgram(), linked(unionId));
    Visitor sister = visitor(newMiniProgram(), linked(unionId));
    assertThat(sister.id()).isEqualTo(visitor.id());
    Visitor other = visitor(visitor.app(), Sample.identity());
    Push revoked = acceptedAbout(visitor, "OpenID");
    Push message = acceptedAbout(sister, "FromUserName");
    Push others = acceptedAbout(other, "OpenID");
    Push elsewhere = acceptedIn(other.app(), sister.openId(), "OpenID");
    List<Push> done = List.of(revoked, message, others, elsewhere);
    done.forEach(push -> settle(push, new PushEffect.None()));
    Push waiting = acceptedAbout(visitor, "OpenID");
    Push erasing = acceptedAbout(visitor, "OpenID");
    assertThat(settle(erasing, new PushEffect.EraseAccount(visitor.id()))).isTrue();

    assertThat(claim(Sample.now())).isEmpty();
    assertThat(settle(waiting, new PushEffect.None())).isFalse();
    assertThat(inbox().putOff(waiting.id(), Sample.now())).isFalse();
    assertThat(inbox().replay(sister.app().appId(), Instant.EPOCH, Sample.now(), ANN)).isZero();
    assertThat(inbox().replay(visitor.app().appId(), Instant.EPOCH, Sample.now(), ANN))
        .isEqualTo(2);
    assertThat(claim(Sample.now()))
        .extracting(Push::id)
        .containsExactlyInAnyOrder(others.id(), elsewhere.id());
    for (Push push : List.of(revoked, message, waiting, erasing)) {
      assertThat(inbox().accept(copy(push))).isFalse();
    }
  }

  @Test
  default void who_is_not_kept_here_is_forgotten_with_the_push_alone() {
    quiet();
    Visitor visitor = newVisitor();
    Push before = acceptedAbout(visitor, "OpenID");
    settle(before, new PushEffect.None());
    Push push = acceptedAbout(visitor, "OpenID");
    assertThat(settle(push, new PushEffect.Forget())).isTrue();
    assertThat(settle(push, new PushEffect.Forget())).isFalse();
    assertThat(inbox().accept(copy(push))).isFalse();
    assertThat(inbox().replay(push.appId(), Instant.EPOCH, Sample.now(), ANN)).isEqualTo(1);
    assertThat(claim(Sample.now())).extracting(Push::id).containsExactly(before.id());
    assertThat(stored(visitor.id()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({"PASSED", "REFUSED", "HELD"})
  default void a_review_is_decided_as_by_anybody_else(Decision decision) {
    quiet();
    Visitor visitor = named();
    Review review = submitted(visitor, NICKNAME, "New");
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    assertThat(inbox().settle(accepted().id(), new PushEffect.Decide(review.id(), decision), at))
        .isTrue();
    assertThat(stored(visitor.id()))
        .isEqualTo(
            switch (decision) {
              case PASSED ->
                  before.changed(
                      new ProfileChange(Map.of(NICKNAME, Optional.of("New"))),
                      Profile.Source.USER,
                      at);
              case REFUSED ->
                  before.reviewing(
                      NICKNAME,
                      new FieldReview(review.id(), FieldReview.State.REFUSED, Optional.empty()),
                      at);
              case HELD -> before;
            });
    assertThat(storage().contentReviews().held(10_000).contains(review))
        .isEqualTo(decision == Decision.HELD);
  }

  @Test
  default void a_review_that_was_decided_before_is_not_decided_again() {
    Visitor visitor = named();
    Review review = submitted(visitor, NICKNAME, "New");
    storage().contentReviews().decide(review.id(), Decision.REFUSED, Sample.now());
    User before = stored(visitor.id());
    Push push = accepted();
    assertThat(settle(push, new PushEffect.Decide(review.id(), Decision.PASSED))).isTrue();
    assertThat(stored(visitor.id())).isEqualTo(before);
    assertThat(settle(push, new PushEffect.Decide(review.id(), Decision.PASSED))).isFalse();
  }

  // Replaying

  @Test
  default void pushes_that_are_done_can_take_effect_again() {
    quiet();
    Visitor visitor = named();
    AppId app = visitor.app().appId();
    Instant now = Sample.now();
    Push before = accepted(app, now.minusMillis(1));
    Push since = accepted(app, now);
    Push later = accepted(app, now.plusMillis(1));
    Push waiting = accepted(app, now.plusMillis(2));
    Push others = accepted(newMiniProgram().appId(), now);
    for (Push push : List.of(before, since, later, others)) {
      settle(push, new PushEffect.None());
    }
    Instant replayed = now.plusSeconds(60);
    assertThat(inbox().replay(app, now, replayed, ANN)).isEqualTo(2);
    assertThat(inbox().replay(app, now, replayed, ANN)).isZero();
    assertThat(inbox().claim(replayed, replayed.plusSeconds(60), 100))
        .extracting(Push::id)
        .containsExactly(since.id(), later.id(), waiting.id());
    assertThat(settle(since, new PushEffect.Clean(visitor.id(), LATER_THAN_ALL))).isTrue();
    assertThat(stored(visitor.id()).profileClearedAt()).isPresent();
    assertThat(settle(since, new PushEffect.Clean(visitor.id(), LATER_THAN_ALL))).isFalse();
    assertThat(settle(before, new PushEffect.None())).isFalse();
  }

  @Test
  default void a_replayed_push_is_still_not_new() {
    quiet();
    Push push = accepted();
    settle(push, new PushEffect.None());
    inbox().replay(push.appId(), push.receivedAt(), Sample.now(), ANN);
    assertThat(inbox().accept(copy(push))).isFalse();
    assertThat(claim(Sample.now())).hasSize(1);
  }

  @Test
  default void what_has_erased_an_account_is_not_replayed() {
    quiet();
    Visitor visitor = newVisitor();
    Push push = accepted(visitor.app().appId(), Sample.now());
    settle(push, new PushEffect.EraseAccount(visitor.id()));
    assertThat(inbox().replay(push.appId(), Instant.EPOCH, Sample.now(), ANN)).isZero();
    assertThat(claim(Sample.now())).isEmpty();
    assertThat(settle(push, new PushEffect.EraseAccount(visitor.id()))).isFalse();
  }

  // Forgetting

  @Test
  default void what_was_handled_long_ago_is_forgotten_and_still_not_new() {
    quiet();
    AppId app = newMiniProgram().appId();
    Instant now = Sample.now();
    Push old = accepted(app, now);
    Push young = accepted(app, now);
    Push waiting = accepted(app, now.minus(Duration.ofDays(9000)));
    Instant before = LONG_AGO.plusSeconds(60);
    inbox().settle(old.id(), new PushEffect.None(), before.minusMillis(1));
    inbox().settle(young.id(), new PushEffect.None(), before);
    assertThat(inbox().forget(before, 9)).isEqualTo(1);
    assertThat(inbox().forget(before, 9)).isZero();
    assertThat(inbox().accept(copy(old))).isFalse();
    assertThat(settle(old, new PushEffect.None())).isFalse();
    assertThat(inbox().replay(app, Instant.EPOCH, now, ANN)).isEqualTo(1);
    assertThat(claim(now)).extracting(Push::id).containsExactlyInAnyOrder(young.id(), waiting.id());
    inbox().settle(young.id(), new PushEffect.None(), now);
    assertThat(inbox().forget(before.plusMillis(1), 9)).as("it was handled anew").isZero();
  }

  @Test
  default void the_oldest_are_forgotten_first_and_no_more_than_were_asked_for() {
    quiet();
    AppId app = newMiniProgram().appId();
    Instant now = Sample.now();
    Instant before = LONG_AGO.minusSeconds(60);
    List<Push> pushes = new ArrayList<>();
    for (int i : List.of(3, 1, 4, 0, 2)) {
      Push push = accepted(app, now);
      inbox().settle(push.id(), new PushEffect.None(), before.minusMillis(5 - i));
      pushes.add(push);
    }
    assertThat(inbox().forget(before, 2)).isEqualTo(2);
    assertThat(inbox().replay(app, Instant.EPOCH, now, ANN)).isEqualTo(3);
    assertThat(claim(now))
        .extracting(Push::id)
        .containsExactlyInAnyOrder(pushes.get(0).id(), pushes.get(2).id(), pushes.get(4).id());
  }

  @Test
  default void the_inbox_of_an_unreachable_storage_accepts_nothing() {
    Push push = push(new PushEvent(event()), Sample.now());
    Instant now = Sample.now();
    List<Consumer<PushInbox>> calls =
        List.of(
            port -> port.accept(push),
            port -> port.claim(now, now, 1),
            port -> port.settle(push.id(), new PushEffect.None(), now),
            port -> port.putOff(push.id(), now),
            port -> port.replay(push.appId(), now, now, ANN),
            port -> port.forget(now, 1));
    calls.forEach(
        call ->
            assertThatExceptionOfType(StorageUnavailable.class)
                .isThrownBy(() -> call.accept(unreachableStorage().pushInbox())));
  }

  private PushInbox inbox() {
    return storage().pushInbox();
  }

  /** Takes up what other tests have left, so that a test sees its own alone. */
  private void quiet() {
    Instant soon = Sample.now().plus(Duration.ofDays(1));
    while (!inbox().claim(soon, soon.plus(Duration.ofDays(400)), 100).isEmpty()) {
      // Each round puts some off until long after the test.
    }
  }

  /** Takes up everything that waits. */
  private List<Push> claim(Instant now) {
    return inbox().claim(now, now.plus(Duration.ofDays(400)), 100);
  }

  private boolean settle(Push push, PushEffect effect) {
    return inbox().settle(push.id(), effect, Sample.now());
  }

  /** A new push that has no effect by itself. */
  private Push accepted() {
    return accepted(newMiniProgram().appId(), Sample.now());
  }

  private Push accepted(AppId app, Instant receivedAt) {
    Push push = new Push(Sample.uuid(), app, new PushEvent(event()), receivedAt, 0);
    assertThat(inbox().accept(push)).isTrue();
    return push;
  }

  private Push acceptedAbout(Visitor visitor, String field) {
    return acceptedIn(visitor.app(), visitor.openId(), field);
  }

  /** A new push that names a person in that field alone. */
  private Push acceptedIn(MiniProgram app, OpenId openId, String field) {
    Map<String, String> fields = event();
    fields.remove("OpenID");
    fields.put(field, openId.value());
    fields.put("MsgId", Sample.text(12));
    Push push = new Push(Sample.uuid(), app.appId(), new PushEvent(fields), Sample.now(), 0);
    assertThat(inbox().accept(push)).isTrue();
    return push;
  }

  private static WeChatIdentity linked(UnionId unionId) {
    return new WeChatIdentity(Sample.openId(), Optional.of(unionId), Sample.sessionKey());
  }

  private Push push(PushEvent event, Instant receivedAt) {
    return new Push(Sample.uuid(), newMiniProgram().appId(), event, receivedAt, 0);
  }

  private static Push copy(Push push) {
    return new Push(Sample.uuid(), push.appId(), push.event(), push.receivedAt(), 0);
  }

  private static Push tried(Push push, int tries) {
    return new Push(push.id(), push.appId(), push.event(), push.receivedAt(), tries);
  }

  /** The fields of an event that nobody else has. */
  private static Map<String, String> event() {
    Map<String, String> fields = new HashMap<>();
    fields.put("FromUserName", "owAqB1v0ahK_Xlc7GshIDdf2yf7E");
    fields.put("CreateTime", "1627359464");
    fields.put("MsgType", "event");
    fields.put("Event", "user_authorization_revoke");
    fields.put("OpenID", Sample.openId().value());
    fields.put("RevokeInfo", "1");
    return fields;
  }

  /** A user with a nickname, an avatar and a city. */
  private Visitor named() {
    Visitor visitor = newVisitor();
    change(
        visitor,
        new ProfileChange(
            Map.of(
                NICKNAME, Optional.of("Ann"),
                AVATAR_URL, Optional.of("https://example.com/a.png"),
                CITY, Optional.of("Shenzhen"))));
    return visitor;
  }

  private void change(Visitor visitor, ProfileField field, String value) {
    change(visitor, new ProfileChange(Map.of(field, Optional.of(value))));
  }

  private void change(Visitor visitor, ProfileChange change) {
    changeAt(visitor, change, Sample.now());
  }

  private void changeAt(Visitor visitor, ProfileField field, String value, Instant at) {
    changeAt(visitor, new ProfileChange(Map.of(field, Optional.of(value))), at);
  }

  private void changeAt(Visitor visitor, ProfileChange change, Instant at) {
    assertThat(storage().users().changeProfile(visitor.id(), change, Profile.Source.USER, at))
        .isPresent();
  }

  private BoundPhone bindPhone(Visitor visitor) {
    return bindPhoneAt(visitor, Sample.now());
  }

  private BoundPhone bindPhoneAt(Visitor visitor, Instant at) {
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), at);
    storage()
        .phoneBindings()
        .bind(visitor.id(), visitor.app().policies().tenant(), phone, false, Optional.empty());
    return phone;
  }

  private Review submitted(Visitor visitor, ProfileField field, String value) {
    Review review = Sample.review(visitor, field, value);
    storage()
        .contentReviews()
        .submit(
            review, new ProfileChange(Map.of()), Profile.Source.USER, Sample.now(), Sample.now());
    return review;
  }

  private static EnumSet<ProfileField> enumSet(Set<ProfileField> fields) {
    EnumSet<ProfileField> set = EnumSet.noneOf(ProfileField.class);
    set.addAll(fields);
    return set;
  }

  // What the audit log says

  @Test
  default void what_a_push_does_to_a_user_is_in_the_audit_log_once() {
    Visitor visitor = newVisitor();
    UserId user = visitor.id();
    Instant at = Sample.now().plusSeconds(1);
    Push cleans = accepted(visitor);
    Push erases = accepted(visitor);
    Push deletes = accepted(visitor);
    for (int i = 0; i < 2; i++) {
      inbox().settle(cleans.id(), new PushEffect.Clean(user, at), at);
      inbox()
          .settle(
              erases.id(),
              new PushEffect.Erase(
                  user, EnumSet.of(ProfileField.CITY, ProfileField.NICKNAME), true, at),
              at.plusMillis(1));
      inbox().settle(deletes.id(), new PushEffect.EraseAccount(user), at.plusMillis(2));
    }
    Push late = accepted(visitor);
    inbox().settle(late.id(), new PushEffect.EraseAccount(user), at.plusMillis(3));

    assertThat(auditOf(user))
        .filteredOn(event -> event.actor().equals(Actor.WECHAT))
        .containsExactly(
            AuditEvent.of(Kind.PROFILE_CLEANED, Actor.WECHAT, at)
                .withUser(user)
                .with("push", cleans.id()),
            AuditEvent.of(Kind.PROFILE_ERASED, Actor.WECHAT, at.plusMillis(1))
                .withUser(user)
                .with("push", erases.id())
                .with("phone", true)
                .with("fields", "nickname,city"),
            AuditEvent.of(Kind.ACCOUNT_DELETED, Actor.WECHAT, at.plusMillis(2))
                .withUser(user)
                .with("push", deletes.id()));
  }

  @Test
  default void a_review_that_a_push_decides_is_in_the_audit_log_as_wechats_decision() {
    Visitor visitor = newVisitor();
    Review review = Sample.review(visitor, ProfileField.NICKNAME, "Ann");
    Instant at = Sample.now();
    storage()
        .contentReviews()
        .submit(review, new ProfileChange(Map.of()), Profile.Source.USER, at, at.plusSeconds(60));
    inbox().settle(accepted(visitor).id(), new PushEffect.Decide(review.id(), Decision.PASSED), at);
    assertThat(auditOf(visitor.id()))
        .filteredOn(event -> event.kind() == Kind.REVIEW_DECIDED)
        .extracting(AuditEvent::actor)
        .containsExactly(Actor.WECHAT);
  }

  @Test
  default void a_replay_is_in_the_audit_log_with_who_asked_for_it() {
    Visitor visitor = newVisitor();
    Push push = accepted(visitor);
    Instant at = Sample.now();
    inbox().settle(push.id(), new PushEffect.None(), at);
    inbox().replay(push.appId(), Instant.EPOCH, at.plusMillis(1), ANN);
    inbox().replay(push.appId(), Instant.EPOCH, at.plusMillis(2), ANN);
    AuditEvent replayed =
        AuditEvent.of(Kind.PUSHES_REPLAYED, ANN, at.plusMillis(1))
            .withApp(push.appId())
            .with("since", 0);
    assertThat(auditOf(push.appId()))
        .filteredOn(event -> event.kind() == Kind.PUSHES_REPLAYED)
        .containsExactly(
            replayed.with("count", 1),
            AuditEvent.of(Kind.PUSHES_REPLAYED, ANN, at.plusMillis(2))
                .withApp(push.appId())
                .with("since", 0)
                .with("count", 0));
  }

  private Push accepted(Visitor visitor) {
    Push push =
        new Push(
            Sample.uuid(),
            visitor.app().appId(),
            new PushEvent(Map.of("MsgType", "text", "MsgId", Sample.uuid().toString())),
            Sample.now(),
            0);
    assertThat(inbox().accept(push)).isTrue();
    return push;
  }
}
