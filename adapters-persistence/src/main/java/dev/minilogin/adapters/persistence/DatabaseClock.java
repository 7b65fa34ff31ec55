package dev.minilogin.adapters.persistence;

import io.micronaut.context.event.StartupEvent;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time, so that all instances agree on what has expired, whatever their own clocks
 * say. It is asked for at start and then once a minute; in between, and while the database can't be
 * asked, the instance's clock goes on from the last answer. Precision: milliseconds.
 */
@Singleton
final class DatabaseClock implements InstantSource {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration WORTH_A_WARNING = Duration.ofSeconds(2);

  private final JdbcOperations database;
  private final Storage storage;
  private final InstantSource instanceClock = InstantSource.system();
  private volatile Duration offset = Duration.ZERO;

  DatabaseClock(JdbcOperations database, Storage storage) {
    this.database = database;
    this.storage = storage;
  }

  @Override
  public Instant instant() {
    return instanceClock.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  @EventListener
  void onStartup(StartupEvent event) {
    calibrate();
  }

  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void calibrate() {
    try {
      Instant before = instanceClock.instant();
      Instant database = storage.statement("asking for the time", this::ask);
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
    return database.prepareStatement(
        "SELECT CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)",
        statement -> {
          try (ResultSet result = statement.executeQuery()) {
            result.next();
            return Instant.ofEpochMilli(result.getLong(1));
          }
        });
  }
}
