package dev.minilogin.application.session;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells whose a token is and whether its session is still good, and keeps a used session alive.
 *
 * <p>Costs at most one read; a session that is used writes that down at most every {@link
 * Session#SLIDE_EVERY}. A token that was replaced long enough ago and is sent again ends what came
 * of it.
 */
public final class CheckSession {
  private final Sessions sessions;
  private final MiniPrograms miniPrograms;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public CheckSession(Sessions sessions, MiniPrograms miniPrograms, InstantSource clock) {
    this.sessions = sessions;
    this.miniPrograms = miniPrograms;
    this.clock = clock;
  }

  /** What a token is worth. */
  public sealed interface Result {}

  /**
   * A good session.
   *
   * @param at the moment that its lifetimes are to be counted from
   */
  public record Active(Session session, Instant at) implements Result {}

  /** The token opened a session once; it is over. */
  public record Ended(EndReason reason) implements Result {}

  /** No session was ever opened with this token. */
  public record Unknown() implements Result {}

  /**
   * Checks a token.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done: the session is
   *     then neither good nor bad
   */
  public Result execute(SessionToken token) {
    Instant now = clock.instant();
    return switch (judge(sessions.find(token), now)) {
      case Active(Session session, Instant _) -> used(token, session, now);
      case Result other -> other;
    };
  }

  private Result judge(Optional<Sessions.Held> found, Instant now) {
    if (found.isEmpty()) {
      return new Unknown();
    }
    Session session = found.get().session();
    Optional<EndReason> end = found.get().endedAt(now);
    if (end.isPresent()) {
      if (session.isSuspectAt(now)) {
        sessions.endFamily(session, now);
      }
      return new Ended(end.get());
    }
    boolean admitted =
        miniPrograms
            .find(session.appId())
            .filter(MiniProgram::enabled)
            .filter(app -> app.policies().sessions().admits(session.device().envVersion()))
            .isPresent();
    return admitted ? new Active(session, now) : new Ended(EndReason.APP_DISABLED);
  }

  private Result used(SessionToken token, Session session, Instant now) {
    Optional<MiniProgram> app =
        miniPrograms
            .find(session.appId())
            .filter(found -> session.slidesAt(now, found.lifetimes()));
    if (app.isEmpty()) {
      return new Active(session, now);
    }
    Session used = session.usedAt(now, app.get().lifetimes());
    // If it wasn't written, somebody slid or ended the session since it was read.
    return sessions.slide(session, used)
        ? new Active(used, now)
        : judge(sessions.findStored(token), now);
  }
}
