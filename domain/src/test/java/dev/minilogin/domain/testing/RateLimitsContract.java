package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.Limit;
import dev.minilogin.domain.limit.RateLimits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RateLimits} promises. */
public interface RateLimitsContract {
  Duration MINUTE = Duration.ofMinutes(1);
  Limit SIXTY = new Limit("contract", 60, MINUTE, true);

  /** The clock of all instances. */
  MutableClock clock();

  /** A new instance that counts with all others of this test. */
  RateLimits instance();

  /** An instance that can't ask the others. */
  RateLimits aloneInstance();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20, 60, 1000})
  default void one_instance_lets_pass_the_quota_and_no_more(int quota) {
    Limit limit = new Limit("contract", quota, MINUTE, true);
    RateLimits limits = instance();
    String key = key();
    List<Boolean> passed =
        IntStream.range(0, quota + 10).mapToObj(_ -> limits.take(limit, key).allowed()).toList();
    assertThat(passed.subList(0, quota)).containsOnly(true);
    assertThat(passed.subList(quota, quota + 10)).containsOnly(false);
  }

  @Test
  default void two_instances_together_let_pass_hardly_more_than_the_quota() {
    RateLimits one = instance();
    RateLimits other = instance();
    String key = key();
    List<Boolean> passed =
        IntStream.range(0, 200)
            .mapToObj(i -> (i % 2 == 0 ? one : other).take(SIXTY, key).allowed())
            .toList();
    assertThat(passed).filteredOn(allowed -> allowed).hasSizeBetween(60, 66);
  }

  @Test
  default void so_do_two_who_are_asked_at_once() {
    RateLimits one = instance();
    RateLimits other = instance();
    String key = key();
    assertThat(
            AtOnce.run(32, i -> passed(i % 2 == 0 ? one : other, SIXTY, key, 10)).stream()
                .mapToInt(Integer::intValue)
                .sum())
        .isBetween(60, 66);
  }

  @Test
  default void what_one_instance_used_up_the_other_hardly_allows() {
    RateLimits one = instance();
    RateLimits other = instance();
    String key = key();
    assertThat(passed(one, SIXTY, key, 100)).isEqualTo(60);
    assertThat(passed(other, SIXTY, key, 100)).isBetween(0, 3);
  }

  @Test
  default void a_window_begins_with_the_first_use_and_ends_for_all_instances_at_once() {
    RateLimits one = instance();
    RateLimits other = instance();
    String key = key();
    passed(one, SIXTY, key, 100);
    clock().advance(Duration.ofSeconds(20));
    passed(other, SIXTY, key, 100);
    Decision refused = other.take(SIXTY, key);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.resetIn()).isEqualTo(Duration.ofSeconds(40));
    assertThat(one.take(SIXTY, key).resetIn()).isEqualTo(Duration.ofSeconds(40));
    clock().advance(Duration.ofSeconds(40).minusMillis(1));
    assertThat(one.take(SIXTY, key).allowed()).isFalse();
    assertThat(other.take(SIXTY, key).allowed()).isFalse();
    clock().advance(Duration.ofMillis(1));
    assertThat(passed(one, SIXTY, key, 30) + passed(other, SIXTY, key, 30)).isEqualTo(60);
  }

  @Test
  default void after_a_pause_the_next_window_begins_with_the_next_use() {
    RateLimits limits = instance();
    String key = key();
    passed(limits, SIXTY, key, 100);
    clock().advance(Duration.ofSeconds(100));
    assertThat(passed(limits, SIXTY, key, 100)).isEqualTo(60);
    assertThat(limits.take(SIXTY, key).resetIn()).isEqualTo(MINUTE);
  }

  @Test
  default void who_keeps_to_what_is_told_is_never_refused() {
    List<RateLimits> instances = List.of(instance(), instance());
    String key = key();
    for (int request = 0; request < 500; request++) {
      Decision decision = instances.get(request % 2).take(SIXTY, key);
      assertThat(decision.allowed()).as("request %s", request).isTrue();
      if (decision.remaining() == 0) {
        clock().advance(decision.resetIn());
      }
    }
  }

  @Test
  default void who_waits_as_long_as_a_refusal_says_is_not_refused_again() {
    List<RateLimits> instances = List.of(instance(), instance());
    String key = key();
    for (int round = 0; round < 5; round++) {
      for (RateLimits limits : instances) {
        passed(limits, SIXTY, key, 100);
      }
      clock().advance(instances.get(round % 2).take(SIXTY, key).resetIn());
      assertThat(instances.get((round + 1) % 2).take(SIXTY, key).allowed()).isTrue();
    }
  }

  @Test
  default void each_key_and_each_limit_is_counted_by_itself() {
    RateLimits limits = instance();
    String key = key();
    passed(limits, SIXTY, key, 100);
    assertThat(limits.take(SIXTY, key()).allowed()).isTrue();
    assertThat(limits.take(SIXTY, key.toUpperCase(Locale.ROOT)).allowed()).isTrue();
    assertThat(limits.take(new Limit("another", 60, MINUTE, true), key).allowed()).isTrue();
    assertThat(limits.take(new Limit("contract", 61, MINUTE, true), key).allowed()).isTrue();
    assertThat(limits.take(SIXTY, key).allowed()).isFalse();
  }

  @Test
  default void looking_uses_nothing() {
    RateLimits limits = instance();
    String key = key();
    Decision before = limits.look(SIXTY, key);
    assertThat(before.allowed()).isTrue();
    assertThat(before.remaining()).isEqualTo(60);
    limits.take(SIXTY, key);
    assertThat(limits.look(SIXTY, key).remaining()).isEqualTo(59);
    for (int i = 0; i < 100; i++) {
      limits.look(SIXTY, key);
    }
    assertThat(passed(limits, SIXTY, key, 100)).isEqualTo(59);
    Decision after = limits.look(SIXTY, key);
    assertThat(after.allowed()).isFalse();
    assertThat(after.remaining()).isZero();
    assertThat(after.resetIn()).isEqualTo(MINUTE);
    clock().advance(MINUTE);
    assertThat(limits.look(SIXTY, key).remaining()).isEqualTo(60);
  }

  @Test
  default void what_is_given_back_may_be_used_again_where_it_was() {
    RateLimits limits = instance();
    String key = key();
    passed(limits, SIXTY, key, 100);
    limits.giveBack(SIXTY, key);
    assertThat(limits.look(SIXTY, key).remaining()).isEqualTo(1);
    assertThat(passed(limits, SIXTY, key, 10)).isEqualTo(1);
  }

  @Test
  default void what_is_given_back_is_at_most_the_quota() {
    RateLimits limits = instance();
    String key = key();
    for (int i = 0; i < 200; i++) {
      limits.giveBack(SIXTY, key);
    }
    assertThat(limits.look(SIXTY, key).remaining()).isEqualTo(60);
    assertThat(passed(limits, SIXTY, key, 300)).isBetween(114, 120);
    clock().advance(MINUTE);
    assertThat(passed(limits, SIXTY, key, 300)).isEqualTo(60);
  }

  @Test
  default void where_nobody_waits_hardly_more_passes_either() {
    Limit limit = new Limit("lenient", 60, MINUTE, false);
    RateLimits limits = instance();
    String key = key();
    int passed = 0;
    while (passed < 1_000 && limits.take(limit, key).allowed()) {
      passed++;
    }
    assertThat(passed).isEqualTo(60);
  }

  @Test
  default void alone_an_instance_keeps_to_the_quota_by_itself() {
    RateLimits alone = aloneInstance();
    String key = key();
    assertThat(passed(alone, SIXTY, key, 200)).isEqualTo(60);
    assertThat(alone.take(SIXTY, key).resetIn()).isEqualTo(MINUTE);
    clock().advance(MINUTE);
    assertThat(passed(alone, SIXTY, key, 200)).isEqualTo(60);
    Limit lenient = new Limit("lenient", 60, MINUTE, false);
    String other = key();
    assertThat(passed(alone, lenient, other, 60)).isEqualTo(60);
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> alone.forget(10));
  }

  @Test
  default void windows_that_are_over_are_forgotten_and_no_others() {
    RateLimits limits = instance();
    clock().advance(Duration.ofDays(1));
    while (limits.forget(1_000) > 0) {}
    for (int i = 0; i < 5; i++) {
      passed(limits, SIXTY, key(), 60);
    }
    clock().advance(MINUTE.dividedBy(2));
    String current = key();
    passed(limits, SIXTY, current, 60);
    assertThat(limits.forget(1_000)).isZero();
    clock().advance(MINUTE.dividedBy(2));
    assertThat(limits.forget(3)).isEqualTo(3);
    assertThat(limits.forget(3)).isEqualTo(2);
    assertThat(limits.forget(3)).isZero();
    assertThat(passed(instance(), SIXTY, current, 60)).isBetween(0, 3);
  }

  private static int passed(RateLimits limits, Limit limit, String key, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      if (limits.take(limit, key).allowed()) {
        passed++;
      }
    }
    return passed;
  }

  private static String key() {
    return "key-" + Sample.text(12);
  }
}
