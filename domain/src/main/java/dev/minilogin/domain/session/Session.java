package dev.minilogin.domain.session;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.user.Standing;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A user's session in one mini program. All times have millisecond precision.
 *
 * @param id its public handle
 * @param family the session that the first of this line had: each session that takes the place of
 *     another one, on the same install, is of its family
 * @param userId whose it is
 * @param appId in which mini program
 * @param device what the client said of itself at login
 * @param createdAt the login
 * @param lastSeenAt the last use that was written down; the real one may be up to {@link
 *     #SLIDE_EVERY} later
 * @param idleExpiresAt the end if it isn't used; never after {@code absoluteExpiresAt}
 * @param absoluteExpiresAt the end whatever happens
 * @param epoch the user's session epoch at login
 * @param ending how it was ended, if it was, or will be in a moment
 */
public record Session(
    SessionId id,
    SessionId family,
    UserId userId,
    AppId appId,
    Device device,
    Instant createdAt,
    Instant lastSeenAt,
    Instant idleExpiresAt,
    Instant absoluteExpiresAt,
    int epoch,
    Optional<Ending> ending) {
  /**
   * A use moves the idle end at most so often, or ten times in an idle lifetime if that is more
   * often: most checks cost no write.
   */
  public static final Duration SLIDE_EVERY = Duration.ofMinutes(10);

  /**
   * How long a session stays good that a login on the same install replaces: the answer of that
   * login may get lost.
   */
  public static final Duration TAIL = Duration.ofSeconds(30);

  /** How long after its end a client may honestly send the token of a session that was replaced. */
  private static final Duration LATE_REQUESTS = Duration.ofSeconds(30);

  /**
   * When and why a session ends before its time.
   *
   * @param at from then on it is over
   */
  public record Ending(Instant at, EndReason reason) {
    public Ending {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(reason, "reason");
    }

    /**
     * Whether the session has ended by this at {@code now}. Only one that was replaced may have
     * time left; any other has ended, also for a clock that is behind or has gone back since.
     */
    public boolean holdsAt(Instant now) {
      return reason != EndReason.REPLACED || !now.isBefore(at);
    }
  }

  public Session {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(lastSeenAt, "lastSeenAt");
    Objects.requireNonNull(ending, "ending");
    if (idleExpiresAt.isAfter(absoluteExpiresAt)) {
      throw new IllegalArgumentException("the idle end is after the absolute end");
    }
  }

  /**
   * A session that a login opens now.
   *
   * @param family its own id, or the family of the session that it replaces
   */
  public static Session open(
      SessionId id,
      SessionId family,
      User user,
      AppId appId,
      Device device,
      Instant now,
      SessionLifetimes lifetimes) {
    Instant absoluteEnd = lifetimes.absoluteEnd(now);
    return new Session(
        id,
        family,
        user.id(),
        appId,
        device,
        now,
        now,
        lifetimes.idleEnd(now, absoluteEnd),
        absoluteEnd,
        user.sessionEpoch(),
        Optional.empty());
  }

  /**
   * Why this session is no longer good at {@code now}.
   *
   * @param account its user's account as stored now
   * @return empty if it is good; otherwise what ended it first by rank: the account, an ending that
   *     was written down, all sessions of the user, its lifetimes
   */
  public Optional<EndReason> endedAt(Instant now, Standing account) {
    if (account.status() == User.Status.DELETED) {
      return Optional.of(EndReason.ACCOUNT_DELETED);
    }
    if (account.status() == User.Status.SUSPENDED) {
      return Optional.of(EndReason.USER_SUSPENDED);
    }
    return closedAt(now, account);
  }

  /**
   * Whether it is good at {@code now}, or would be if the account weren't suspended: that may be
   * lifted again, and then it counts like any other.
   *
   * @param account its user's account as stored now
   */
  public boolean isOpenAt(Instant now, Standing account) {
    return account.status() != User.Status.DELETED && closedAt(now, account).isEmpty();
  }

  private Optional<EndReason> closedAt(Instant now, Standing account) {
    Optional<Ending> ended = ending.filter(end -> end.holdsAt(now));
    if (ended.isPresent()) {
      return ended.map(Ending::reason);
    }
    if (epoch < account.sessionEpoch() || account.status() == User.Status.MERGED) {
      return Optional.of(EndReason.REVOKED);
    }
    if (!now.isBefore(absoluteExpiresAt)) {
      return Optional.of(EndReason.EXPIRED);
    }
    if (!now.isBefore(idleExpiresAt)) {
      return Optional.of(EndReason.IDLE);
    }
    return Optional.empty();
  }

  /**
   * Whether a token of this session that is sent at {@code now} makes a theft likely: its holder
   * was given another one long enough ago (RFC 9700, section 4.14.2, on refresh tokens).
   */
  public boolean isSuspectAt(Instant now) {
    return ending
        .filter(end -> end.reason() == EndReason.REPLACED)
        .filter(end -> !now.isBefore(end.at().plus(LATE_REQUESTS)))
        .isPresent();
  }

  /** Whether it is of the same build on the same install of the same mini program. */
  boolean isOf(AppId app, Device other) {
    return device.install().isPresent()
        && device.install().equals(other.install())
        && device.envVersion().equals(other.envVersion())
        && appId.equals(app);
  }

  /**
   * Whether a use at {@code now} is worth writing down; a session that is to end slides no more.
   */
  public boolean slidesAt(Instant now, SessionLifetimes lifetimes) {
    if (ending.isPresent()) {
      return false;
    }
    Duration tenth = lifetimes.idle().dividedBy(10);
    Duration every = tenth.compareTo(SLIDE_EVERY) < 0 ? tenth : SLIDE_EVERY;
    return !now.isBefore(lastSeenAt.plus(every));
  }

  /** This session after a use at {@code now}: the idle end moves, the absolute one doesn't. */
  public Session usedAt(Instant now, SessionLifetimes lifetimes) {
    return with(device, now, lifetimes.idleEnd(now, absoluteExpiresAt), ending);
  }

  /** This session with an end before its time. */
  public Session endedBy(Ending end) {
    return with(device, lastSeenAt, idleExpiresAt, Optional.of(end));
  }

  /** This session without what the client said of itself. */
  public Session withoutDevice() {
    return with(Device.UNKNOWN, lastSeenAt, idleExpiresAt, ending);
  }

  /**
   * The session that takes the place of this one: the same login with another handle and token.
   *
   * @param at the moment of the change; a use, too
   */
  public Session renewed(SessionId newId, Instant at, SessionLifetimes lifetimes) {
    return new Session(
        newId,
        family,
        userId,
        appId,
        device,
        createdAt,
        at,
        lifetimes.idleEnd(at, absoluteExpiresAt),
        absoluteExpiresAt,
        epoch,
        Optional.empty());
  }

  private Session with(
      Device nextDevice, Instant seenAt, Instant idleEnd, Optional<Ending> nextEnding) {
    return new Session(
        id,
        family,
        userId,
        appId,
        nextDevice,
        createdAt,
        seenAt,
        idleEnd,
        absoluteExpiresAt,
        epoch,
        nextEnding);
  }
}
