package dev.minilogin.adapters.persistence.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a clock that stands still, and begins where {@code nanoTime} may: shortly before it wraps. */
class RevocationFeedTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final List<RevocationRow> table = new ArrayList<>();
  private final List<Duration> lookBacks = new ArrayList<>();
  private final UserId user = Sample.userId();
  private long now = Long.MAX_VALUE - Duration.ofSeconds(20).toNanos();
  private boolean isBroken;
  private Duration slowness = Duration.ZERO;
  private final RevocationFeed feed = new RevocationFeed(this::latest, () -> now);

  private List<RevocationRow> latest(Duration lookBack, int limit) {
    lookBacks.add(lookBack);
    List<RevocationRow> rows = table.stream().limit(limit).toList();
    pass(slowness);
    if (isBroken) {
      throw new StorageUnavailable("reading revocations", null);
    }
    return rows;
  }

  @Test
  void nothing_is_vouched_for_before_anything_was_heard() {
    long readAt = later();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    assertThat(feed.vouchesFor(Sample.userId(), readAt)).isTrue();
  }

  @Test
  void what_was_read_is_vouched_for_until_nothing_was_heard_for_three_seconds() {
    long readAt = read();
    pass(Duration.ofSeconds(3));
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    pass(MOMENT);
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
  }

  @Test
  void hearing_counts_from_its_beginning() {
    long readAt = read();
    slowness = Duration.ofSeconds(3);
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    pass(MOMENT);
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
  }

  @Test
  void nothing_is_vouched_for_longer_than_a_minute() {
    long readAt = read();
    for (int second = 1; second < 60; second++) {
      pass(Duration.ofSeconds(1));
      feed.listen();
      assertThat(feed.vouchesFor(user, readAt)).isTrue();
    }
    pass(Duration.ofSeconds(1));
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
  }

  @Test
  void while_it_cannot_hear_it_vouches_for_what_it_heard_of_lately_and_then_for_nothing() {
    long readAt = read();
    isBroken = true;
    pass(Duration.ofSeconds(2));
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    pass(Duration.ofSeconds(2));
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    isBroken = false;
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
  }

  @Test
  void what_was_read_before_a_note_is_over_and_what_is_read_after_it_is_not() {
    UserId other = Sample.userId();
    long readAt = read();
    feed.note(user);
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    assertThat(feed.vouchesFor(user, now)).isFalse();
    assertThat(feed.vouchesFor(other, readAt)).isTrue();
    assertThat(feed.vouchesFor(user, later())).isTrue();
  }

  @Test
  void what_was_read_before_a_revocation_was_heard_is_over() {
    long readAt = read();
    table.add(revocation(user));
    long readMeanwhile = later();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    assertThat(feed.vouchesFor(user, readMeanwhile)).isFalse();
  }

  @Test
  void a_revocation_that_is_heard_again_takes_nothing_more() {
    table.add(revocation(user));
    read();
    long readAt = later();
    for (int i = 0; i < 20; i++) {
      pass(Duration.ofMillis(500));
      feed.listen();
      assertThat(feed.vouchesFor(user, readAt)).isTrue();
    }
    table.add(revocation(user));
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
  }

  @Test
  void a_note_is_kept_for_as_long_as_what_it_ended_might_be_vouched_for() {
    long readAt = read();
    feed.note(user);
    for (int second = 0; second < 120; second++) {
      assertThat(feed.vouchesFor(user, readAt)).isFalse();
      pass(Duration.ofSeconds(1));
      feed.listen();
    }
    assertThat(feed.vouchesFor(user, later())).isTrue();
  }

  @Test
  void of_too_many_revocations_at_once_each_counts() {
    long readAt = read();
    Stream.generate(() -> revocation(Sample.userId()))
        .limit(RevocationFeed.MOST_ROWS)
        .forEach(table::add);
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isTrue();
    table.add(revocation(Sample.userId()));
    feed.listen();
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    assertThat(feed.vouchesFor(user, later())).isTrue();
  }

  @Test
  void of_too_many_notes_each_counts() {
    long readAt = read();
    feed.note(user);
    for (int i = 0; i < RevocationFeed.MOST_NOTES; i++) {
      feed.note(Sample.userId());
    }
    assertThat(feed.vouchesFor(user, readAt)).isFalse();
    assertThat(feed.vouchesFor(Sample.userId(), readAt)).isFalse();
    assertThat(feed.vouchesFor(user, later())).isTrue();
  }

  @Test
  void a_feed_that_nobody_asks_does_not_listen() {
    feed.listen();
    assertThat(lookBacks).isEmpty();
    feed.vouchesFor(user, now);
    feed.listen();
    pass(Duration.ofSeconds(60));
    feed.listen();
    assertThat(lookBacks).hasSize(2);
    pass(MOMENT);
    feed.listen();
    assertThat(lookBacks).hasSize(2);
  }

  @Test
  void it_looks_back_as_far_as_anything_reaches_that_is_vouched_for() {
    feed.vouchesFor(user, now);
    feed.listen();
    pass(Duration.ofMillis(500));
    feed.listen();
    isBroken = true;
    pass(Duration.ofSeconds(5));
    feed.listen();
    isBroken = false;
    pass(Duration.ofSeconds(5));
    feed.listen();
    feed.vouchesFor(user, now);
    pass(Duration.ofSeconds(60));
    feed.listen();
    assertThat(lookBacks)
        .extracting(Duration::toMillis)
        .containsExactly(70_000L, 10_500L, 15_000L, 20_000L, 70_000L);
  }

  /** A moment at which something is read, while the feed hears. */
  private long read() {
    long readAt = later();
    feed.vouchesFor(user, readAt);
    feed.listen();
    return readAt;
  }

  private long later() {
    pass(MOMENT);
    long moment = now;
    pass(MOMENT);
    return moment;
  }

  private void pass(Duration duration) {
    now += duration.toNanos();
  }

  private static RevocationRow revocation(UserId user) {
    return new RevocationRow(Binary.of(Sample.uuid()), Binary.of(user.value()));
  }
}
