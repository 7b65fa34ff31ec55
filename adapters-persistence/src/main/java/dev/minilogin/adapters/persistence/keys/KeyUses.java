package dev.minilogin.adapters.persistence.keys;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which keys instances have in use, and had: each notes its own once a minute, so that any of them
 * can tell when nobody writes under a key any more.
 */
@Singleton
final class KeyUses {
  /** An instance that hasn't noted its keys for so long has others in use, or is gone. */
  static final Duration STILL_IN_USE = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);

  /** What a key is for. */
  enum Purpose {
    SEALING,
    PEPPER;

    /** As in the key ring's file and in the table. */
    String key() {
      return this == SEALING ? "sealing" : "pepper";
    }

    NavigableSet<Integer> numbers(KeyRing ring) {
      return this == SEALING ? ring.sealingNumbers() : ring.pepperNumbers();
    }

    int inUse(KeyRing ring) {
      return this == SEALING ? ring.sealingInUse() : ring.pepperInUse();
    }
  }

  private final KeyUseRows rows;
  private final Storage storage;
  private final KeyRing ring;
  private final InstantSource clock;

  KeyUses(KeyUseRows rows, Storage storage, KeyRing ring, InstantSource clock) {
    this.rows = rows;
    this.storage = storage;
    this.ring = ring;
    this.clock = clock;
  }

  /** Warns of keys that others write under and this instance can't read. */
  @EventListener
  void begin(StartupEvent event) {
    note();
    try {
      for (Purpose purpose : Purpose.values()) {
        NavigableSet<Integer> missing = missingNewer(purpose);
        if (!missing.isEmpty()) {
          LOG.warn(
              "other instances use {} keys that this key ring lacks: {}; give all instances a new"
                  + " key before any uses it",
              purpose.key(),
              missing);
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("which keys are in use can't be read: {}", e.getMessage());
    }
  }

  @Scheduled(initialDelay = "1m", fixedDelay = "1m")
  void note() {
    long now = clock.instant().toEpochMilli();
    try {
      for (Purpose purpose : Purpose.values()) {
        storage.statement(
            "noting a key in use", () -> rows.note(purpose.key(), purpose.inUse(ring), now));
      }
    } catch (RuntimeException e) {
      LOG.warn("which keys are in use can't be noted: {}", e.getMessage());
    }
  }

  /** When each key was last in use, as far as that is known. */
  NavigableMap<Integer, Instant> of(Purpose purpose) {
    return storage.statement("reading which keys are in use", () -> rows.of(purpose.key())).stream()
        .collect(
            Collectors.toMap(
                KeyUseRow::keyNumber,
                row -> Instant.ofEpochMilli(row.lastUsedAt()),
                (first, _) -> first,
                TreeMap::new));
  }

  /** Keys that were in use before the present one, and that the ring has no more. */
  NavigableSet<Integer> lost(Purpose purpose) {
    NavigableSet<Integer> known = new TreeSet<>(of(purpose).keySet());
    known.removeAll(purpose.numbers(ring));
    return known.headSet(purpose.inUse(ring), false);
  }

  private NavigableSet<Integer> missingNewer(Purpose purpose) {
    Instant recently = clock.instant().minus(STILL_IN_USE);
    return of(purpose).tailMap(purpose.inUse(ring), false).entrySet().stream()
        .filter(use -> use.getValue().isAfter(recently))
        .map(Map.Entry::getKey)
        .filter(number -> !purpose.numbers(ring).contains(number))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Nothing stands under a lost key any more. */
  void forget(Purpose purpose, int number) {
    storage.statement("forgetting a key", () -> rows.forget(purpose.key(), number));
  }
}
