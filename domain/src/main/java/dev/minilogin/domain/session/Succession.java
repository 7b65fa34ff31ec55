package dev.minilogin.domain.session;

import dev.minilogin.domain.miniprogram.MiniProgram;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a login does to the sessions that its user has.
 *
 * @param replaced those of the same install, which end after {@link Session#TAIL}: one login an
 *     install
 * @param retired the least recently used ones, which end at once: there are too many
 * @param family of the new session
 */
public record Succession(List<Session> replaced, List<Session> retired, SessionId family) {
  public Succession {
    replaced = List.copyOf(replaced);
    retired = List.copyOf(retired);
  }

  /**
   * What a login does.
   *
   * @param present the user's sessions that are open at the login ({@link Session#isOpenAt}); those
   *     that are about to end may be among them and stay as they are
   */
  public static Succession of(NewLogin login, List<Session> present) {
    MiniProgram app = login.app();
    List<Session> replaced = new ArrayList<>();
    List<Session> others = new ArrayList<>();
    present.stream()
        .filter(session -> session.ending().isEmpty())
        .sorted(Comparator.comparing(Session::lastSeenAt).thenComparing(s -> s.id().value()))
        .forEach(
            session ->
                (session.isOf(app.appId(), login.device()) ? replaced : others).add(session));
    int tooMany = Math.max(0, others.size() + 1 - app.policies().sessions().perUser());
    SessionId family = replaced.isEmpty() ? login.sessionId() : replaced.getLast().family();
    return new Succession(replaced, others.subList(0, tooMany), family);
  }
}
