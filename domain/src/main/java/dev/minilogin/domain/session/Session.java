package dev.minilogin.domain.session;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
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
 * @param userId whose it is
 * @param appId in which mini program
 * @param device what the client said of itself at login
 * @param createdAt the login
 * @param lastSeenAt the last use that was written down; the real one may be up to {@link
 *     #SLIDE_EVERY} later
 * @param idleExpiresAt the end if it isn't used; never after {@code absoluteExpiresAt}
 * @param absoluteExpiresAt the end whatever happens
 * @param epoch the user's session epoch at login
 * @param ending how it was ended, if it was
 */
public record Session(
    SessionId id,
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

  /** When and why a session was ended before its time. */
  public record Ending(Instant at, EndReason reason) {
    public Ending {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(reason, "reason");
    }
  }

  public Session {
    Objects.requireNonNull(id, "id");
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

  /** A session that a login opens now. */
  public static Session open(
      SessionId id,
      User user,
      AppId appId,
      Device device,
      Instant now,
      SessionLifetimes lifetimes) {
    Instant absoluteEnd = lifetimes.absoluteEnd(now);
    return new Session(
        id,
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
   * @param user its user as stored now
   * @return empty if it is good; otherwise what ended it first by rank: the account, an ending that
   *     was written down, all sessions of the user, its lifetimes
   */
  public Optional<EndReason> endedAt(Instant now, User user) {
    if (user.status() == User.Status.DELETED) {
      return Optional.of(EndReason.ACCOUNT_DELETED);
    }
    if (user.status() == User.Status.SUSPENDED) {
      return Optional.of(EndReason.USER_SUSPENDED);
    }
    if (ending.isPresent()) {
      return ending.map(Ending::reason);
    }
    if (epoch < user.sessionEpoch()) {
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

  /** Whether a use at {@code now} is worth writing down. */
  public boolean slidesAt(Instant now, SessionLifetimes lifetimes) {
    Duration tenth = lifetimes.idle().dividedBy(10);
    Duration every = tenth.compareTo(SLIDE_EVERY) < 0 ? tenth : SLIDE_EVERY;
    return !now.isBefore(lastSeenAt.plus(every));
  }

  /** This session after a use at {@code now}: the idle end moves, the absolute one doesn't. */
  public Session usedAt(Instant now, SessionLifetimes lifetimes) {
    return new Session(
        id,
        userId,
        appId,
        device,
        createdAt,
        now,
        lifetimes.idleEnd(now, absoluteExpiresAt),
        absoluteExpiresAt,
        epoch,
        ending);
  }
}
