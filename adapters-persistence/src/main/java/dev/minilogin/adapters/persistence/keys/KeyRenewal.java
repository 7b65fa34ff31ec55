package dev.minilogin.adapters.persistence.keys;

import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and hashes anew what stands under keys with lower numbers than those in use, while
 * everybody goes on reading and writing: each row is written on the condition that nobody did
 * meanwhile. Keys with higher numbers are left alone, so that instances which have them in use
 * already and others don't work against each other.
 *
 * <p>Only what is kept sealed can be hashed anew. Sessions are found under each living pepper and
 * end in time.
 *
 * <p>All instances may do so at once, and each can stop at any time: how far it got is told by what
 * it wrote.
 */
@Singleton
public final class KeyRenewal {
  /** How many rows are read at once. */
  public static final int PAGE = 500;

  /** Another instance may have written under an older key since a walk found none. */
  private static final Duration BETWEEN_WALKS = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(KeyRenewal.class);

  private final List<KeyedTable<?>> tables;
  private final KeyRing ring;
  private final Inspector inspector;
  private final Sealer sealer;
  private final Hasher hasher;
  private final KeyUses uses;
  private final InstantSource clock;

  private Optional<Sweep> sweep = Optional.empty();
  private Instant nextWalkAt = Instant.EPOCH;
  private String lastWarning = "";

  KeyRenewal(
      List<KeyedTable<?>> tables,
      KeyRing ring,
      Inspector inspector,
      Sealer sealer,
      Hasher hasher,
      KeyUses uses,
      InstantSource clock) {
    this.tables = tables.stream().sorted(Comparator.comparing(KeyedTable::name)).toList();
    this.ring = ring;
    this.inspector = inspector;
    this.sealer = sealer;
    this.hasher = hasher;
    this.uses = uses;
    this.clock = clock;
  }

  /**
   * Goes one page further.
   *
   * @return how many rows it looked at; 0 if there is nothing to do for now
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked; what was
   *     done is done, and the next call goes on
   */
  public synchronized int renewSome() {
    if (sweep.isEmpty()) {
      sweep = begin();
    }
    if (sweep.isEmpty()) {
      return 0;
    }
    int looked = sweep.get().walk.next(sweep.get());
    if (looked == 0) {
      Sweep ended = sweep.get();
      sweep = Optional.empty();
      end(ended);
    }
    return looked;
  }

  private Optional<Sweep> begin() {
    if (clock.instant().isBefore(nextWalkAt)) {
      return Optional.empty();
    }
    NavigableSet<Integer> lostPeppers = uses.lost(KeyUses.Purpose.PEPPER);
    boolean due =
        ring.sealingNumbers().first() < ring.sealingInUse()
            || ring.pepperNumbers().first() < ring.pepperInUse()
            || !lostPeppers.isEmpty()
            || !uses.lost(KeyUses.Purpose.SEALING).isEmpty();
    if (!due) {
      nextWalkAt = clock.instant().plus(BETWEEN_WALKS);
      return Optional.empty();
    }
    return Optional.of(new Sweep(lostPeppers));
  }

  private void end(Sweep ended) {
    if (ended.renewed > 0) {
      LOG.info(
          "{} rows are sealed and hashed anew under sealing.{} and pepper.{}",
          ended.renewed,
          ring.sealingInUse(),
          ring.pepperInUse());
    }
    if (ended.renewed + ended.missed > 0) {
      // What was written meanwhile may be under an older key again.
      return;
    }
    nextWalkAt = clock.instant().plus(BETWEEN_WALKS);
    warn(ended.unreadable);
    for (int number : uses.lost(KeyUses.Purpose.SEALING)) {
      if (ended.unreadable.of(number) == 0) {
        uses.forget(KeyUses.Purpose.SEALING, number);
      }
    }
    ended.lostPeppers.forEach(number -> uses.forget(KeyUses.Purpose.PEPPER, number));
  }

  /** Once for each reason. */
  private void warn(Counts unreadable) {
    StringBuilder text = new StringBuilder();
    for (int number : unreadable.keys()) {
      text.append(text.isEmpty() ? "" : "; ")
          .append(inspector.has(number) ? "changed, or not of this key ring: " : "not in it: ")
          .append("sealing.")
          .append(number)
          .append(": ")
          .append(unreadable.print(number));
    }
    String warning = text.toString();
    if (!warning.isEmpty() && !warning.equals(lastWarning)) {
      LOG.warn("values can't be read with the keys of the key ring ({})", warning);
    }
    lastWarning = warning;
  }

  /** One walk through everything. */
  private final class Sweep implements Walk.Visitor {
    private final Walk walk = new Walk(tables, PAGE);
    private final NavigableSet<Integer> lostPeppers;
    private final boolean checksHashes;
    private final Counts unreadable = new Counts();
    private long renewed;
    private long missed;

    Sweep(NavigableSet<Integer> lostPeppers) {
      this.lostPeppers = new TreeSet<>(lostPeppers);
      this.checksHashes =
          !lostPeppers.isEmpty() || ring.pepperNumbers().first() < ring.pepperInUse();
    }

    @Override
    public <R> void visit(KeyedTable<R> table, R row) {
      Map<String, byte[]> columns = new HashMap<>();
      for (SealedValue value : table.values(row)) {
        int number = inspector.sealingKey(value);
        boolean sealAnew = number < ring.sealingInUse();
        if (!inspector.has(number)) {
          unreadable.add(number, table.name() + '.' + value.column());
        } else if (sealAnew || checksHashes && !value.hashes().isEmpty()) {
          inspector
              .open(value)
              .ifPresentOrElse(
                  text -> columns.putAll(renew(value, text, sealAnew)),
                  () -> unreadable.add(number, table.name() + '.' + value.column()));
        }
      }
      if (!columns.isEmpty()) {
        if (table.write(row, new RenewedValues(columns))) {
          renewed++;
        } else {
          missed++;
        }
      }
    }

    private Map<String, byte[]> renew(SealedValue value, String text, boolean sealAnew) {
      Map<String, byte[]> columns = new HashMap<>();
      if (sealAnew) {
        columns.put(value.column(), sealer.seal(text, value.place()));
      }
      for (SealedValue.Hash hash : value.hashes()) {
        int pepper = inspector.pepper(hash, text);
        boolean older =
            pepper == Inspector.UNKNOWN ? !lostPeppers.isEmpty() : pepper < ring.pepperInUse();
        if (older) {
          columns.put(hash.column(), hasher.hash(hash.purpose(), hash.secret().apply(text)));
        }
      }
      return columns;
    }
  }
}
