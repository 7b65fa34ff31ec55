package dev.minilogin.simulator.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last 500 exchanges, masked. Thread-safe. */
public final class WireLog {

  /** How many entries are kept. */
  public static final int CAPACITY = 500;

  private static final int LONGEST_BODY = 8192;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<WireEntry> entries = new ArrayDeque<>();
  private long lastId;
  private boolean closed;

  /** Masks an exchange and appends it, which may push out the oldest entry. */
  public void record(Traffic traffic) {
    boolean problem =
        traffic.responseType().filter(t -> t.startsWith("application/problem+json")).isPresent();
    String path = Masking.target(traffic.path(), traffic.query());
    Optional<String> request = traffic.requestBody().map(Masking::body).map(WireLog::shorten);
    Optional<String> response =
        traffic
            .responseBody()
            .map(body -> problem ? Masking.problem(body) : Masking.body(body))
            .map(WireLog::shorten);
    Optional<Map<String, String>> headers = headers(traffic);
    lock.lock();
    try {
      entries.addLast(
          new WireEntry(
              ++lastId,
              traffic.at().toString(),
              traffic.from().label(),
              traffic.to().label(),
              traffic.method(),
              path,
              traffic.status(),
              traffic.millis(),
              request,
              response,
              headers,
              traffic.note()));
      if (entries.size() > CAPACITY) {
        entries.removeFirst();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The entries that are kept and have an id above the given one, oldest first. */
  public List<WireEntry> after(long id) {
    lock.lock();
    try {
      return entries.stream().filter(entry -> entry.id() > id).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #after}, but waits for an entry, for so long at most; empty when none came. */
  public List<WireEntry> awaitAfter(long id, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      List<WireEntry> found = after(id);
      while (found.isEmpty() && left > 0 && !closed) {
        left = changed.awaitNanos(left);
        found = after(id);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all entries; ids go on growing. */
  public void clear() {
    lock.lock();
    try {
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those who wait for entries, for good. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static Optional<Map<String, String>> headers(Traffic traffic) {
    Map<String, String> headers = new LinkedHashMap<>();
    traffic.authorization().ifPresent(v -> headers.put("authorization", Masking.authorization(v)));
    traffic.idempotencyKey().ifPresent(v -> headers.put("idempotency-key", v));
    return headers.isEmpty() ? Optional.empty() : Optional.of(headers);
  }

  private static String shorten(String body) {
    return body.length() <= LONGEST_BODY
        ? body
        : body.substring(0, LONGEST_BODY) + "… (" + body.length() + " characters)";
  }
}
