package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditOnTwoInstancesTest {
  private static Sql sql;
  private static Instance first;
  private static Instance second;
  private static AuditLog a;
  private static AuditLog b;

  @BeforeAll
  static void start() {
    Schema schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    first = Instance.start(schema);
    second = Instance.start(schema);
    a = first.ports().auditLog();
    b = second.ports().auditLog();
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  /** Also the very first entries of a database: both instances would make the key. */
  @Test
  void what_both_add_while_both_link_is_linked_without_a_gap_and_without_doubles()
      throws SQLException {
    int writers = 8;
    int each = 250;
    long before = linkedUpTo();
    AtomicInteger writing = new AtomicInteger(writers);
    AtomicInteger linked = new AtomicInteger();
    AtOnce.run(
        writers + 4,
        i -> {
          AuditLog log = i % 2 == 0 ? a : b;
          if (i < writers) {
            for (int n = 0; n < each; n++) {
              log.append(event().with("writer", i).with("number", n));
            }
            writing.decrementAndGet();
          } else {
            while (writing.get() > 0) {
              linked.addAndGet(log.link(40));
            }
          }
          return i;
        });
    linked.addAndGet(linkAll(a));

    long all = (long) writers * each;
    assertThat(linkedUpTo()).isEqualTo(before + all);
    assertThat(sql.number("SELECT COUNT(DISTINCT seq) FROM audit_log WHERE seq > " + before))
        .isEqualTo(all);
    AuditCheck check = b.check(Optional.empty());
    assertThat(check.flaw()).isEmpty();
    assertThat(check.unlinked()).isZero();
    assertThat(check.head().seq()).isEqualTo(before + all);
    assertThat(sql.number("SELECT COUNT(*) FROM audit_keys")).isEqualTo(1);
    assertThat(linked).hasPositiveValue();
  }

  @Test
  void while_one_links_the_other_does_not_wait_and_who_adds_does_not_either() {
    a.append(event());
    linkAll(a);
    a.append(event());
    first
        .storage()
        .transaction(
            "holding the head",
            () -> {
              assertThat(first.inTransaction("UPDATE audit_marks SET mark_key = mark_key + 0"))
                  .isPositive();
              b.append(event());
              assertThat(b.link(10)).isZero();
              return b;
            });
    assertThat(b.link(10)).isEqualTo(2);
    assertThat(a.check(Optional.empty()).flaw()).isEmpty();
  }

  @Test
  void a_crash_in_the_middle_leaves_the_chain_as_it_was_and_another_instance_goes_on() {
    linkAll(a);
    AuditCheck before = a.check(Optional.empty());
    for (int i = 0; i < 10; i++) {
      a.append(event());
    }
    assertThat(a.link(4)).isEqualTo(4);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                first
                    .storage()
                    .transaction(
                        "crashing",
                        () -> {
                          assertThat(a.link(4)).isEqualTo(4);
                          throw new IllegalStateException("crashed");
                        }));
    AuditCheck after = b.check(Optional.of(before.head()));
    assertThat(after.flaw()).isEmpty();
    assertThat(after.head().seq()).isEqualTo(before.head().seq() + 4);
    assertThat(after.unlinked()).isEqualTo(6);
    assertThat(linkAll(b)).isEqualTo(6);
    assertThat(a.check(Optional.of(after.head())).flaw()).isEmpty();
  }

  @Test
  void an_entry_that_commits_late_is_linked_late() {
    linkAll(a);
    long before = a.check(Optional.empty()).head().seq();
    Instant early = Sample.now().minusSeconds(60);
    a.append(event());
    linkAll(a);
    a.append(AuditEvent.of(Kind.LOGOUT, Actor.USER, early));
    linkAll(b);
    AuditCheck check = a.check(Optional.empty());
    assertThat(check.flaw()).isEmpty();
    assertThat(check.head().seq()).isEqualTo(before + 2);
  }

  @Test
  void the_log_is_whole_whenever_it_is_checked_while_others_add_link_and_purge() {
    Instant now = Sample.now();
    AtomicInteger writing = new AtomicInteger(2);
    List<Integer> checks =
        AtOnce.run(
            5,
            i -> {
              int count = 0;
              switch (i) {
                case 0, 1 -> {
                  for (int n = 0; n < 300; n++) {
                    (i == 0 ? a : b).append(event());
                  }
                  writing.decrementAndGet();
                }
                case 2 -> {
                  while (writing.get() > 0) {
                    a.link(20);
                  }
                }
                case 3 -> {
                  while (writing.get() > 0) {
                    b.purge(now.plusSeconds(600), 15, now);
                  }
                }
                default -> {
                  do {
                    assertThat(b.check(Optional.empty()).flaw()).isEmpty();
                    count++;
                  } while (writing.get() > 0);
                }
              }
              return count;
            });
    assertThat(checks.getLast()).isPositive();
    linkAll(a);
    assertThat(a.check(Optional.empty()).flaw()).isEmpty();
  }

  private static AuditEvent event() {
    return AuditEvent.of(Kind.LOGIN, Actor.USER, Sample.now()).withUser(Sample.userId());
  }

  private static int linkAll(AuditLog log) {
    int all = 0;
    for (int count = log.link(100); count > 0; count = log.link(100)) {
      all += count;
    }
    return all;
  }

  private static long linkedUpTo() throws SQLException {
    return sql.number("SELECT COALESCE(MAX(seq), 0) FROM audit_log");
  }
}
