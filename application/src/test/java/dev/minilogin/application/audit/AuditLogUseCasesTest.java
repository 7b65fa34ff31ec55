package dev.minilogin.application.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLogUseCasesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:20:30.123Z");

  private final MutableClock clock = new MutableClock(NOW);
  private final AuditLog log = new InMemoryStorage().auditLog();
  private final LinkAuditLog linkAuditLog = new LinkAuditLog(log);
  private final CheckAuditLog checkAuditLog = new CheckAuditLog(log, clock);
  private final ReadAuditLog readAuditLog = new ReadAuditLog(log);

  @Test
  void what_is_kept_long_enough_is_purged_and_nothing_else() {
    PurgeAuditLog purgeAuditLog = new PurgeAuditLog(log, PurgeAuditLog.LEAST, clock);
    append(NOW, Sample.userId());
    append(NOW.plusMillis(1), Sample.userId());
    linkAll();
    clock.set(NOW.plus(PurgeAuditLog.LEAST));
    assertThat(purgeAuditLog.execute()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(purgeAuditLog.execute()).isEqualTo(1);
    assertThat(purgeAuditLog.execute()).isZero();
    assertThat(events(NOW))
        .extracting(AuditEvent::kind)
        .containsExactly(Kind.LOGIN, Kind.AUDIT_PURGED);
  }

  @Test
  void the_law_says_how_long_the_log_is_kept_at_least() {
    assertThat(PurgeAuditLog.DEFAULT).isGreaterThanOrEqualTo(PurgeAuditLog.LEAST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PurgeAuditLog(log, Duration.ofDays(183), clock))
        .withMessageContaining("184d");
  }

  @Test
  void that_the_log_was_checked_and_by_whom_is_in_the_log() {
    append(NOW, Sample.userId());
    linkAll();
    AuditCheck check = checkAuditLog.execute(Optional.empty(), Sample.ANN);
    assertThat(check.flaw()).isEmpty();
    assertThat(events(NOW))
        .contains(
            AuditEvent.of(Kind.AUDIT_VERIFIED, Sample.ANN, NOW)
                .with("linked", 1)
                .with("intact", true));
  }

  @Test
  void a_flaw_is_in_the_log_too() {
    AuditHead cutOff = new AuditHead(7, "ab".repeat(32));
    AuditCheck check = checkAuditLog.execute(Optional.of(cutOff), Sample.ANN);
    assertThat(check.flaw()).map(Flaw::kind).contains(Flaw.Kind.MISSING);
    assertThat(events(NOW))
        .containsExactly(
            AuditEvent.of(Kind.AUDIT_VERIFIED, Sample.ANN, NOW)
                .with("linked", 0)
                .with("intact", false)
                .with("flaw", "MISSING")
                .with("at", 1));
  }

  @Test
  void an_operator_reads_of_all_or_of_one_user_since_a_time() {
    UserId user = Sample.userId();
    append(NOW, user);
    append(NOW.plusMillis(1), Sample.userId());
    append(NOW.plusMillis(2), user);
    assertThat(readAuditLog.execute(Optional.empty(), NOW)).hasSize(3);
    assertThat(readAuditLog.execute(Optional.of(user), NOW)).hasSize(2);
    assertThat(readAuditLog.execute(Optional.of(user), NOW.plusMillis(1)))
        .extracting(entry -> entry.event().at())
        .containsExactly(NOW.plusMillis(2));
  }

  private void append(Instant at, UserId user) {
    log.append(AuditEvent.of(Kind.LOGIN, Actor.USER, at).withUser(user));
  }

  private void linkAll() {
    assertThat(linkAuditLog.execute()).isPositive();
    assertThat(linkAuditLog.execute()).isZero();
  }

  private List<AuditEvent> events(Instant since) {
    return readAuditLog.execute(Optional.empty(), since).stream().map(AuditEntry::event).toList();
  }
}
