package dev.minilogin.bootstrap;

import dev.minilogin.application.audit.CheckAuditLog;
import dev.minilogin.application.audit.ReadAuditLog;
import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What an operator asks of the audit log, in words. */
final class AuditCommands {
  private AuditCommands() {}

  /**
   * Checks the log.
   *
   * @throws CommandFailed if it isn't as it was written
   */
  static String verify(ApplicationContext context, Optional<AuditHead> kept, Actor by) {
    AuditCheck check = context.getBean(CheckAuditLog.class).execute(kept, by);
    String counts =
        String.format(
            Locale.ROOT,
            "%d entries are in their places, %d wait to be linked%nhead %s",
            check.linked(),
            check.unlinked(),
            check.head());
    if (check.flaw().isPresent()) {
      throw new CommandFailed(
          "THE AUDIT LOG IS NOT AS IT WAS WRITTEN: " + tell(check.flaw().get()) + "\n" + counts);
    }
    return "the audit log is as it was written: " + counts;
  }

  private static String tell(AuditCheck.Flaw flaw) {
    String what =
        switch (flaw.kind()) {
          case EDITED -> "an entry was edited";
          case MISSING -> "an entry is missing";
          case MISPLACED -> "an entry is out of order";
          case ADDED -> "an entry stands after the end";
          case UNPROVABLE -> "the key of an entry is gone, or can't be opened with this key ring";
          case END_EDITED -> "the mark of the beginning or the end was edited";
          case REPLACED -> "the chain is another one than when the head was kept";
        };
    String where = flaw.seq() == 0 ? "not linked yet" : "number " + flaw.seq();
    return what + ", " + where + flaw.entry().map(id -> ", id " + id).orElse("");
  }

  /** Lists entries, and how to go on if these are not all. */
  static String list(ApplicationContext context, Instant since, Optional<UUID> user) {
    List<AuditEntry> entries =
        context.getBean(ReadAuditLog.class).execute(user.map(UserId::new), since);
    if (entries.isEmpty()) {
      return "nothing happened";
    }
    String lines = entries.stream().map(AuditCommands::line).collect(Collectors.joining("\n"));
    return entries.size() < ReadAuditLog.MOST
        ? lines
        : lines + "\nthere may be more, since " + entries.getLast().event().at();
  }

  private static String line(AuditEntry entry) {
    AuditEvent event = entry.event();
    List<String> words = new ArrayList<>();
    words.add(event.at().toString());
    words.add(event.kind().name());
    words.add("by " + event.actor().name().orElse(event.actor().kind().name()));
    event.user().ifPresent(user -> words.add("user=" + user));
    event.session().ifPresent(session -> words.add("session=" + session));
    event.app().ifPresent(app -> words.add("app=" + app));
    new TreeMap<>(event.details()).forEach((name, value) -> words.add(name + '=' + value));
    return String.join("  ", words);
  }
}
