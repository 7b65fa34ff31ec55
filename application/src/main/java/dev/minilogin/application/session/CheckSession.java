package dev.minilogin.application.session;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.User;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Tells whose a token is and whether its session is still good, and keeps a used session alive.
 *
 * <p>Costs one read; a session that is used writes that down at most every {@link
 * Session#SLIDE_EVERY}.
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
  public record Active(Session session, User user, Instant at) implements Result {}

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
    Optional<Sessions.Held> found = sessions.find(token);
    if (found.isEmpty()) {
      return new Unknown();
    }
    Session session = found.get().session();
    User user = found.get().user();
    Instant now = clock.instant();
    Optional<EndReason> end = session.endedAt(now, user);
    if (end.isPresent()) {
      return new Ended(end.get());
    }
    Optional<MiniProgram> app = miniPrograms.find(session.appId()).filter(MiniProgram::enabled);
    if (app.isEmpty()) {
      return new Ended(EndReason.APP_DISABLED);
    }
    if (!session.slidesAt(now, app.get().lifetimes())) {
      return new Active(session, user, now);
    }
    Session used = session.usedAt(now, app.get().lifetimes());
    // Somebody may have slid or ended it meanwhile; this check saw it good, the next one sees more.
    return new Active(sessions.slide(used) ? used : session, user, now);
  }
}
