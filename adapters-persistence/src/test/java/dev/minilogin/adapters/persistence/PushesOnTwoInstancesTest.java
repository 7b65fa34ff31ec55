package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushContent;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pushes that are delivered to and handled by two instances. Each clears the nickname of a user of
 * its own, who then chooses another: a second effect would clear it again. Each of the two changes
 * raises the user's version by one.
 */
class PushesOnTwoInstancesTest {
  private static final int PUSHES = 200;
  private static final int DELIVERIES = 4;

  private final Schema schema = TestDatabase.get().freshSchema();
  private final Sql sql = new Sql(schema);
  private final Instant start = Sample.now();
  private final Instant retry = start.plusSeconds(60);
  private Instance first;
  private Instance second;
  private Storage a;
  private Storage b;
  private MiniProgram app;

  @BeforeEach
  void start() {
    first = Instance.start(schema);
    second = Instance.start(schema);
    a = first.ports();
    b = second.ports();
    app = Sample.miniProgram();
    a.miniPrograms().save(app);
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @Test
  void two_hundred_pushes_delivered_four_times_to_both_take_effect_two_hundred_times()
      throws SQLException {
    List<UserId> users = Stream.generate(this::newUser).limit(PUSHES).toList();
    List<PushEvent> events = IntStream.range(0, PUSHES).mapToObj(i -> event(i)).toList();

    List<Boolean> accepted =
        AtOnce.run(DELIVERIES, i -> deliverTo(i % 2 == 0 ? a : b, events)).stream()
            .flatMap(List::stream)
            .toList();
    assertThat(accepted).hasSize(PUSHES * DELIVERIES).filteredOn(isNew -> isNew).hasSize(PUSHES);

    List<Push> lost = killedAfterTakingUp(users, 60, 20);
    List<Push> handled = handleOnBoth(users, start);
    assertThat(handled).hasSize(PUSHES - 60);
    assertThatOnceCleared(PUSHES - lost.size());

    assertThat(ids(handleOnBoth(users, retry))).containsExactlyInAnyOrderElementsOf(ids(lost));
    assertThatOnceCleared(PUSHES);

    assertThat(lost)
        .as("who was killed was only slow, and settles now")
        .noneMatch(push -> settle(a, users, push));
    assertThatOnceCleared(PUSHES);
    assertThat(a.pushInbox().claim(retry.plusSeconds(999), retry.plusSeconds(1999), 10)).isEmpty();
  }

  @Test
  void claims_at_once_give_each_push_to_one() {
    List<PushEvent> events = IntStream.range(0, 50).mapToObj(i -> event(i)).toList();
    deliverTo(a, events);
    List<Push> claimed =
        AtOnce.run(8, i -> (i % 2 == 0 ? a : b).pushInbox().claim(start, retry, 7)).stream()
            .flatMap(List::stream)
            .toList();
    assertThat(claimed).hasSize(50).doesNotHaveDuplicates();
    assertThat(claimed).extracting(Push::event).containsExactlyInAnyOrderElementsOf(events);
  }

  @Test
  void of_many_who_settle_a_push_at_once_one_does() throws SQLException {
    UserId user = newUser();
    deliverTo(a, List.of(event(0)));
    Push push = b.pushInbox().claim(start, retry, 1).getFirst();
    assertThat(
            AtOnce.run(
                8,
                i ->
                    (i % 2 == 0 ? a : b)
                        .pushInbox()
                        .settle(push.id(), new PushEffect.Clean(user, start), start.plusMillis(i))))
        .containsOnlyOnce(true);
    assertThat(sql.number("SELECT SUM(profile_version) FROM users")).isEqualTo(1);
  }

  @Test
  void what_fails_halfway_leaves_the_push_undone() throws SQLException {
    deliverTo(a, List.of(event(0)));
    Push push = a.pushInbox().claim(start, retry, 1).getFirst();
    UserId user = newUser();
    sql.execute("RENAME TABLE erasure_receipts TO elsewhere");
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () -> a.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), start));
    sql.execute("RENAME TABLE elsewhere TO erasure_receipts");
    assertThat(b.users().find(user).orElseThrow().status()).isEqualTo(User.Status.ACTIVE);
    assertThat(b.pushInbox().claim(retry, retry.plusSeconds(60), 9))
        .extracting(Push::event)
        .containsExactly(push.event());
    assertThat(b.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), retry)).isTrue();
  }

  private PushEvent event(int i) {
    return new PushEvent(
        Map.of(
            "Event",
            PushContent.USER_INFO_MODIFIED,
            "OpenID",
            "o" + i,
            "CreateTime",
            Long.toString(start.getEpochSecond())));
  }

  private List<Boolean> deliverTo(Storage instance, List<PushEvent> events) {
    return events.stream()
        .map(event -> new Push(Sample.uuid(), app.appId(), event, start, 0))
        .map(push -> instance.pushInbox().accept(push))
        .toList();
  }

  private List<Push> killedAfterTakingUp(List<UserId> users, int taken, int settled) {
    try (Instance third = Instance.start(schema)) {
      List<Push> claimed = third.ports().pushInbox().claim(start, retry, taken);
      assertThat(claimed).hasSize(taken);
      claimed.stream()
          .limit(settled)
          .forEach(push -> assertThat(settle(third.ports(), users, push)).isTrue());
      third.disconnect();
      return claimed.subList(settled, taken);
    }
  }

  /** Until nothing is due, in three threads of each. */
  private List<Push> handleOnBoth(List<UserId> users, Instant now) {
    return AtOnce.run(6, i -> handle(i % 2 == 0 ? a : b, users, now)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Push> handle(Storage instance, List<UserId> users, Instant now) {
    List<Push> handled = new ArrayList<>();
    List<Push> claimed = instance.pushInbox().claim(now, now.plusSeconds(60), 8);
    while (!claimed.isEmpty()) {
      for (Push push : claimed) {
        assertThat(settle(instance, users, push)).isTrue();
        handled.add(push);
      }
      claimed = instance.pushInbox().claim(now, now.plusSeconds(60), 8);
    }
    return handled;
  }

  private static boolean settle(Storage instance, List<UserId> users, Push push) {
    String openid = push.event().field("OpenID").orElseThrow();
    UserId user = users.get(Integer.parseInt(openid.substring(1)));
    Instant at = push.event().createdAt();
    if (!instance.pushInbox().settle(push.id(), new PushEffect.Clean(user, at), at)) {
      return false;
    }
    instance
        .users()
        .changeProfile(
            user,
            new ProfileChange(Map.of(ProfileField.NICKNAME, Optional.of("小明"))),
            Profile.Source.USER,
            at);
    return true;
  }

  private UserId newUser() {
    return a.logins().record(Sample.newLogin(app, Sample.identity())).user().id();
  }

  /** Each was cleared and then chose a nickname, once, or neither yet. */
  private void assertThatOnceCleared(int howMany) throws SQLException {
    assertThat(
            sql.lines(
                "SELECT profile_version, COUNT(nickname), COUNT(*) FROM users"
                    + " WHERE profile_version > 0 GROUP BY profile_version"))
        .containsExactly("2 " + howMany + ' ' + howMany);
  }

  private static List<UUID> ids(List<Push> pushes) {
    return pushes.stream().map(Push::id).toList();
  }
}
