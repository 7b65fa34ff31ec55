package dev.minilogin.adapters.persistence.limit;

import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one instance knows of one key in one window. It may let pass a small part of the quota
 * without asking the others; after that it asks them for several uses at a time, and for fewer the
 * fewer are left.
 */
final class Window {
  /** One in so many of the quota: before the others are asked, and of them at once. */
  private static final int PART = 20;

  private final Limit limit;
  private final int share;
  private final Object turn = new Object();
  private Instant end;

  /** This instance's own, which no other can use. */
  private int own;

  /** Granted by the others and not used yet. */
  private int granted;

  /** What the others had left when they were last asked. */
  private int left;

  /** Let pass while the others were being asked, and not granted by them yet. */
  private int owed;

  private boolean asking;

  Window(Limit limit, Instant now) {
    this.limit = limit;
    this.share = limit.quota() / PART;
    this.own = share;
    this.left = capacity();
    this.end = now.plus(limit.window());
  }

  /** What is for all instances together, beside what each has for itself. */
  int capacity() {
    return limit.quota() - share;
  }

  /** Held by who asks the others; using what is known needs no turn. */
  Object turn() {
    return turn;
  }

  synchronized boolean isOver(Instant now) {
    return !now.isBefore(end);
  }

  /** Uses it once; nothing if that can't be decided without asking. */
  synchronized Optional<Decision> take(Instant now) {
    if (own > 0) {
      own--;
    } else if (granted > 0) {
      granted--;
    } else if (left == 0) {
      return Optional.of(decision(false, now));
    } else {
      return Optional.empty();
    }
    return Optional.of(decision(true, now));
  }

  /** Uses it once on credit, as far as the others had something left. */
  synchronized Decision takeOnCredit(Instant now) {
    boolean allowed = owed < left;
    if (allowed) {
      owed++;
    }
    return decision(allowed, now);
  }

  /** Whether nobody is asking the others yet; who is told so has to. */
  synchronized boolean beginsAsking() {
    boolean first = !asking;
    asking = true;
    return first;
  }

  synchronized Decision look(Instant now) {
    Decision known = decision(true, now);
    return new Decision(limit, known.remaining() > 0, known.remaining(), known.resetIn());
  }

  synchronized void giveBack() {
    own = Math.min(limit.quota(), own + 1);
  }

  /** How many to ask for. */
  synchronized int wanted() {
    return owed + Math.max(1, Math.min(left / (PART / 2), share));
  }

  synchronized void add(SharedBuckets.Grant grant) {
    int paid = Math.min(owed, grant.granted());
    owed -= paid;
    granted += grant.granted() - paid;
    asking = false;
    left = grant.left();
    end = grant.end();
  }

  /** The others can't be asked: until the window ends, this instance has the quota for itself. */
  synchronized void goOnAlone() {
    own = Math.min(limit.quota(), Math.max(0, own + left - owed));
    owed = 0;
    asking = false;
    left = 0;
  }

  /** Without what is granted: the client's next use may come to another instance. */
  private Decision decision(boolean allowed, Instant now) {
    Duration resetIn = Duration.between(now, end);
    return new Decision(
        limit,
        allowed,
        Math.clamp((long) own + left - owed, 0, limit.quota()),
        resetIn.isNegative() ? Duration.ZERO : resetIn);
  }
}
