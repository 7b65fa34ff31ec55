package dev.minilogin.application.user;

import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.Sessions;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets a session try to open encrypted data, as long as it has attempts left: whoever has no key
 * learns nothing from a few refusals.
 */
final class OpenDataAttempts {
  private final Sessions sessions;

  OpenDataAttempts(Sessions sessions) {
    this.sessions = sessions;
  }

  /** What came of an attempt. */
  sealed interface Outcome<T> {
    /** It was opened; the attempt doesn't count. */
    record Opened<T>(T value) implements Outcome<T> {}

    /** It wasn't, whatever the reason. */
    record Refused<T>() implements Outcome<T> {}

    /** The session has failed too often; nothing was tried. */
    record NoneLeft<T>() implements Outcome<T> {}
  }

  <T> Outcome<T> make(SessionId session, Supplier<Optional<T>> attempt) {
    // Taken before, not counted after: attempts at once must not be more than there are.
    if (!sessions.takeAttempt(session)) {
      return new Outcome.NoneLeft<>();
    }
    Optional<T> opened;
    try {
      opened = attempt.get();
    } catch (RuntimeException e) {
      sessions.giveAttemptBack(session);
      throw e;
    }
    if (opened.isEmpty()) {
      return new Outcome.Refused<>();
    }
    sessions.giveAttemptBack(session);
    return new Outcome.Opened<>(opened.get());
  }
}
