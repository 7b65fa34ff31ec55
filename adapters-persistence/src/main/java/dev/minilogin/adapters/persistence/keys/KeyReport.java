package dev.minilogin.adapters.persistence.keys;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.keys.KeyUses.Purpose;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Tells an operator what stands under each key, and which one may go. */
@Singleton
public final class KeyReport {
  private final List<KeyedTable<?>> tables;
  private final KeyRing ring;
  private final Inspector inspector;
  private final KeyUses uses;
  private final LivingSessionRows sessions;
  private final Storage storage;
  private final InstantSource clock;

  KeyReport(
      List<KeyedTable<?>> tables,
      KeyRing ring,
      Inspector inspector,
      KeyUses uses,
      LivingSessionRows sessions,
      Storage storage,
      InstantSource clock) {
    this.tables = tables;
    this.ring = ring;
    this.inspector = inspector;
    this.uses = uses;
    this.sessions = sessions;
    this.storage = storage;
    this.clock = clock;
  }

  /**
   * Reads everything that is kept under keys.
   *
   * @return a line for each key that the ring has or had, and one for what can't be opened
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be read
   */
  public List<String> lines() {
    Survey survey = new Survey();
    Walk walk = new Walk(tables, KeyRenewal.PAGE);
    while (walk.next(survey) > 0) {}
    List<String> lines = new ArrayList<>();
    lines.addAll(lines(Purpose.SEALING, survey.sealed));
    lines.addAll(lines(Purpose.PEPPER, survey.hashed));
    if (survey.changed.of(Inspector.UNKNOWN) > 0) {
      lines.add(
          "can't be opened though their key is there: " + survey.changed.print(Inspector.UNKNOWN));
    }
    return lines;
  }

  private List<String> lines(Purpose purpose, Counts counts) {
    NavigableMap<Integer, Instant> used = uses.of(purpose);
    NavigableSet<Integer> numbers = new TreeSet<>(purpose.numbers(ring));
    numbers.addAll(used.keySet());
    counts.keys().forEach(numbers::add);
    List<String> lines = new ArrayList<>();
    for (int number : numbers) {
      String key = number == Inspector.UNKNOWN ? "no known " + purpose.key() : key(purpose, number);
      Optional<Instant> lastUse = Optional.ofNullable(used.get(number));
      lines.add(
          key + ": " + values(counts, number) + "; " + state(purpose, number, counts, lastUse));
    }
    return lines;
  }

  private static String key(Purpose purpose, int number) {
    return purpose.key() + '.' + number;
  }

  private static String values(Counts counts, int number) {
    long count = counts.of(number);
    return count == 0 ? "0 values" : count + " values (" + counts.print(number) + ')';
  }

  private String state(Purpose purpose, int number, Counts counts, Optional<Instant> lastUse) {
    if (number == purpose.inUse(ring)) {
      return "in use";
    }
    Instant recently = clock.instant().minus(KeyUses.STILL_IN_USE);
    if (lastUse.filter(recently::isBefore).isPresent()) {
      return "another instance had it in use at " + lastUse.get();
    }
    if (!purpose.numbers(ring).contains(number)) {
      return purpose == Purpose.SEALING && counts.of(number) > 0
          ? "not in the key ring: they can't be read"
          : "not in the key ring";
    }
    if (number > purpose.inUse(ring)) {
      return "not yet in use";
    }
    if (purpose == Purpose.PEPPER) {
      LivingSessions left = livingSince(lastUse.orElseGet(clock::instant));
      if (left.living() > 0) {
        return "needed by at most "
            + left.living()
            + " sessions, until "
            + Instant.ofEpochMilli(left.lastEndsAt());
      }
    }
    return counts.of(number) > 0 ? "to be replaced" : "may be removed";
  }

  /** The sessions that can have been made before a pepper was no longer in use. */
  private LivingSessions livingSince(Instant lastUse) {
    Instant until = lastUse.plus(KeyUses.STILL_IN_USE);
    byte[] beforeId = Binary.of(new UUID(until.toEpochMilli() << 16, 0));
    long now = clock.instant().toEpochMilli();
    return storage.statement("counting sessions", () -> sessions.before(beforeId, now));
  }

  private final class Survey implements Walk.Visitor {
    private final Counts sealed = new Counts();
    private final Counts hashed = new Counts();
    private final Counts changed = new Counts();

    @Override
    public <R> void visit(KeyedTable<R> table, R row) {
      for (SealedValue value : table.values(row)) {
        int number = inspector.sealingKey(value);
        String column = table.name() + '.' + value.column();
        sealed.add(number, column);
        if (inspector.has(number)) {
          inspector
              .open(value)
              .ifPresentOrElse(
                  text ->
                      value
                          .hashes()
                          .forEach(
                              hash ->
                                  hashed.add(
                                      inspector.pepper(hash, text),
                                      table.name() + '.' + hash.column())),
                  () -> changed.add(Inspector.UNKNOWN, column));
        }
      }
    }
  }
}
