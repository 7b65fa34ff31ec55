package dev.minilogin.adapters.persistence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Primary;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time, so that all instances agree on what has expired, whatever their own clocks
 * say. It is asked for at start and then once a minute; in between, and while the database can't be
 * asked, the instance's clock goes on from the last answer. Precision: milliseconds.
 *
 * <p>Primary, because the framework has a clock of its own.
 */
@Singleton
@Primary
final class DatabaseClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration WORTH_A_WARNING = Duration.ofSeconds(2);

  private final Storage storage;
  private final InstantSource instanceClock = InstantSource.system();
  private volatile Duration offset = Duration.ZERO;

  DatabaseClock(Storage storage, Optional<MeterRegistry> meters) {
    this.storage = storage;
    meters.ifPresent(
        registry ->
            Gauge.builder("mini_login.clock.skew", this, clock -> clock.offset.toMillis() / 1e3)
                .baseUnit("seconds")
                .description("How far the database's clock is ahead of this instance's")
                .register(registry));
  }

  @Override
  public Instant instant() {
    return instanceClock.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  @PostConstruct
  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void calibrate() {
    try {
      Instant before = instanceClock.instant();
      Instant database = ask();
      Instant after = instanceClock.instant();
      Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
      offset = Duration.between(middle, database);
      if (offset.abs().compareTo(WORTH_A_WARNING) > 0) {
        LOG.warn("the clock of this instance differs from the database's by {}", offset);
      }
    } catch (RuntimeException e) {
      LOG.warn("the database's clock can't be read; going on from the last answer", e);
    }
  }

  private Instant ask() {
    return Instant.ofEpochMilli(
        storage.number(
            "asking for the time", "SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"));
  }
}
