package dev.minilogin.application.testing;

import dev.minilogin.domain.session.EndReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the design says of sessions, written down a second time and as simply as can be: it shares
 * no rule with what is compared to it. Times are in milliseconds.
 */
final class SessionModel {
  private static final long TAIL = 30_000;
  private static final long LATE_REQUESTS = 30_000;
  private static final long SLIDE_EVERY = 600_000;

  /** A mini program. */
  record App(long idle, long absolute, int cap) {}

  /** A user. */
  private static final class Person {
    private boolean suspended;
    private int epoch;
  }

  /** A session. */
  static final class Entry {
    final int person;
    final int app;

    /** Negative if it isn't told. */
    final int install;

    final int build;
    final long created;
    final long absoluteEnd;
    final int epoch;
    Entry family = this;
    long seen;
    long idleEnd;
    Optional<End> end = Optional.empty();

    private Entry(
        int person, int app, int install, int build, long created, long absoluteEnd, int epoch) {
      this.person = person;
      this.app = app;
      this.install = install;
      this.build = build;
      this.created = created;
      this.absoluteEnd = absoluteEnd;
      this.epoch = epoch;
    }
  }

  /** When and why a session was ended, or will be. */
  record End(long at, EndReason reason) {
    /** Only who is replaced has time left; what has ended has, whatever a clock says later. */
    boolean holds(long now) {
      return reason != EndReason.REPLACED || now >= at;
    }
  }

  /** What comes of a phone number. */
  sealed interface Binding {
    record Unchanged() implements Binding {}

    record Taken() implements Binding {}

    record Over() implements Binding {}

    record Renewed(Entry entry) implements Binding {}
  }

  private final List<App> apps;
  private final Map<Integer, Person> people = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, Integer> ownersOfNumbers = new HashMap<>();

  SessionModel(List<App> apps) {
    this.apps = List.copyOf(apps);
  }

  private Person person(int index) {
    return people.computeIfAbsent(index, _ -> new Person());
  }

  boolean isSuspended(int person) {
    return person(person).suspended;
  }

  void suspend(int person, boolean whether) {
    person(person).suspended = whether;
  }

  int epoch(int person) {
    return person(person).epoch;
  }

  /** Why it is over; empty if it is good. */
  Optional<EndReason> over(Entry entry, long now) {
    return person(entry.person).suspended
        ? Optional.of(EndReason.USER_SUSPENDED)
        : closed(entry, now);
  }

  /** Why it is over, were its user not suspended. */
  private Optional<EndReason> closed(Entry entry, long now) {
    if (entry.end.isPresent() && entry.end.get().holds(now)) {
      return Optional.of(entry.end.get().reason());
    }
    if (entry.epoch < person(entry.person).epoch) {
      return Optional.of(EndReason.REVOKED);
    }
    if (now >= entry.absoluteEnd) {
      return Optional.of(EndReason.EXPIRED);
    }
    return now >= entry.idleEnd ? Optional.of(EndReason.IDLE) : Optional.empty();
  }

  private List<Entry> open(int person, long now) {
    return entries.stream()
        .filter(entry -> entry.person == person && closed(entry, now).isEmpty())
        .toList();
  }

  /** A user's good sessions. */
  List<Entry> listed(int person, long now) {
    return person(person).suspended ? List.of() : open(person, now);
  }

  /** Whether it is left open which of a user's sessions was used last. */
  boolean hasTies(int person, long now) {
    List<Entry> open = open(person, now);
    return open.stream().mapToLong(entry -> entry.seen).distinct().count() < open.size();
  }

  Entry logIn(int person, int app, int install, int build, long now) {
    List<Entry> staying =
        new ArrayList<>(
            open(person, now).stream()
                .filter(entry -> entry.end.isEmpty())
                .sorted(Comparator.comparingLong(entry -> entry.seen))
                .toList());
    Entry opened =
        new Entry(
            person, app, install, build, now, now + apps.get(app).absolute(), person(person).epoch);
    use(opened, now);
    for (Entry entry : List.copyOf(staying)) {
      if (install >= 0 && entry.install == install && entry.app == app && entry.build == build) {
        entry.end = Optional.of(new End(now + TAIL, EndReason.REPLACED));
        opened.family = entry.family;
        staying.remove(entry);
      }
    }
    while (staying.size() >= apps.get(app).cap()) {
      staying.removeFirst().end = Optional.of(new End(now, EndReason.REVOKED));
    }
    entries.add(opened);
    return opened;
  }

  /**
   * A token is sent: a use of its session, if that is good, and a theft, if it is long replaced.
   */
  Optional<EndReason> check(Entry entry, long now) {
    Optional<EndReason> over = over(entry, now);
    if (over.isEmpty()) {
      long every = Math.min(SLIDE_EVERY, apps.get(entry.app).idle() / 10);
      if (entry.end.isEmpty() && now >= entry.seen + every) {
        use(entry, now);
      }
    } else if (entry
        .end
        .filter(end -> end.reason() == EndReason.REPLACED && now >= end.at() + LATE_REQUESTS)
        .isPresent()) {
      open(entry.person, now).stream()
          .filter(other -> other.family == entry.family)
          .forEach(other -> other.end = Optional.of(new End(now, EndReason.REVOKED)));
    }
    return over;
  }

  /** Writes a use of a good session down. */
  void use(Entry entry, long now) {
    entry.seen = now;
    entry.idleEnd = Math.min(now + apps.get(entry.app).idle(), entry.absoluteEnd);
  }

  void end(int person, Entry target, long now, EndReason reason) {
    boolean ended = target.end.filter(end -> end.holds(now)).isPresent();
    if (target.person == person && !ended) {
      target.end = Optional.of(new End(now, reason));
    }
  }

  int endOthers(Entry kept, long now) {
    List<Entry> others = open(kept.person, now).stream().filter(entry -> entry != kept).toList();
    others.forEach(other -> other.end = Optional.of(new End(now, EndReason.REVOKED)));
    return others.size();
  }

  void endAll(int person) {
    person(person).epoch++;
  }

  /** A user binds a phone number from a session that is good. */
  Binding bindPhone(Entry asking, int number, boolean move, long now) {
    Integer owner = ownersOfNumbers.get(number);
    if (owner != null && owner == asking.person) {
      return new Binding.Unchanged();
    }
    if (owner != null && !move) {
      return new Binding.Taken();
    }
    if (asking.end.isPresent()) {
      return new Binding.Over();
    }
    ownersOfNumbers.values().remove(asking.person);
    ownersOfNumbers.put(number, asking.person);
    Entry renewed =
        new Entry(
            asking.person,
            asking.app,
            asking.install,
            asking.build,
            asking.created,
            asking.absoluteEnd,
            asking.epoch);
    renewed.family = asking.family;
    use(renewed, now);
    asking.end = Optional.of(new End(now, EndReason.REPLACED));
    entries.add(renewed);
    return new Binding.Renewed(renewed);
  }
}
