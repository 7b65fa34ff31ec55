package dev.minilogin.adapters.persistence.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.MysqlStorage;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.domain.limit.Limit;
import dev.minilogin.domain.limit.RateLimits;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.RateLimitsContract;
import dev.minilogin.domain.testing.Sample;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MysqlRateLimitsTest implements RateLimitsContract {
  private final MutableClock clock = new MutableClock(Instant.now());
  private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    background.close();
  }

  @Override
  public MutableClock clock() {
    return clock;
  }

  @Override
  public RateLimits instance() {
    return on(MysqlStorage.context());
  }

  @Override
  public RateLimits aloneInstance() {
    return on(MysqlStorage.unreachableContext());
  }

  private RateLimits on(ApplicationContext context) {
    SharedBuckets shared =
        new SharedBuckets(
            context.getBean(Storage.class),
            context.getBean(LimitRows.class),
            context.getBean(Hasher.class),
            clock);
    return new MysqlRateLimits(shared, clock, background);
  }

  @Test
  void who_uses_little_leaves_no_row_and_nothing_is_kept_by_name() {
    LimitRows rows = MysqlStorage.context().getBean(LimitRows.class);
    RateLimits limits = instance();
    Limit limit = new Limit("little", 1_000, Duration.ofMinutes(1), true);
    String key = "203.0.113.7-" + Sample.text(8);
    Hasher hasher = MysqlStorage.context().getBean(Hasher.class);
    byte[] bucket = hasher.hash("rate-limit", "little\n1000\nPT1M\n" + key);
    for (int i = 0; i < 50; i++) {
      limits.take(limit, key);
    }
    assertThat(rows.byBucket(bucket)).isEmpty();
    limits.take(limit, key);
    assertThat(rows.byBucket(bucket)).isPresent();
  }
}
