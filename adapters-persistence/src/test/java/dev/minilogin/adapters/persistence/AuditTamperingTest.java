package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.audit.AuditCheck;
import dev.minilogin.domain.audit.AuditCheck.Flaw;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.testing.Sample;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who can write the database changes the audit log, and is found out. */
class AuditTamperingTest {
  private static final int ENTRIES = 12;

  /** The one that is tampered with: it has something in every column. */
  private static final int CHOSEN = 6;

  private static final Instant AT = Sample.now();

  private static Sql sql;
  private static Instance instance;
  private static AuditLog log;

  @BeforeAll
  static void fill() throws SQLException {
    Schema schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    instance = Instance.start(schema);
    log = instance.ports().auditLog();
    for (int i = 1; i <= ENTRIES; i++) {
      log.append(
          AuditEvent.of(Kind.SESSION_ENDED, Sample.ANN, AT.plusMillis(i))
              .withUser(Sample.userId())
              .withSession(Sample.sessionId())
              .withApp(Sample.appId())
              .with("number", i));
      assertThat(log.link(10)).isEqualTo(1);
    }
    sql.execute(
        "CREATE TABLE log_copy AS SELECT * FROM audit_log",
        "CREATE TABLE marks_copy AS SELECT * FROM audit_marks",
        "CREATE TABLE keys_copy AS SELECT * FROM audit_keys");
  }

  @BeforeEach
  void restore() throws SQLException {
    sql.execute(
        "DELETE FROM audit_log",
        "INSERT INTO audit_log SELECT * FROM log_copy",
        "DELETE FROM audit_marks",
        "INSERT INTO audit_marks SELECT * FROM marks_copy",
        "DELETE FROM audit_keys",
        "INSERT INTO audit_keys SELECT * FROM keys_copy");
    AuditCheck check = log.check(Optional.empty());
    assertThat(check.flaw()).isEmpty();
    assertThat(check.linked()).isEqualTo(ENTRIES);
    assertThat(check.unlinked()).isZero();
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  // Entries

  @Test
  void an_edit_of_any_column_of_one_row_is_found_at_that_row() throws SQLException {
    List<Map<String, byte[]>> columns =
        sql.rows(
            "SELECT column_name AS name, data_type AS type, is_nullable AS may_be_null"
                + " FROM information_schema.columns WHERE table_schema = DATABASE()"
                + " AND table_name = 'audit_log'");
    assertThat(columns).hasSize(14);
    for (Map<String, byte[]> column : columns) {
      String name = new String(column.get("name"));
      found("SET " + name + " = " + edited(name, new String(column.get("type"))), name);
      if (new String(column.get("may_be_null")).equals("YES")) {
        found("SET " + name + " = NULL", name);
      }
    }
  }

  private void found(String set, String column) throws SQLException {
    sql.execute("UPDATE audit_log " + set + " WHERE seq = " + CHOSEN);
    Flaw flaw = flaw();
    assertThat(flaw.seq()).as(set).isEqualTo(CHOSEN);
    assertThat(flaw.kind())
        .as(set)
        .isIn(
            switch (column) {
              case "seq" -> List.of(Flaw.Kind.MISSING);
              case "chain" -> List.of(Flaw.Kind.MISPLACED);
              case "mac_key", "chain_key" -> List.of(Flaw.Kind.UNPROVABLE, Flaw.Kind.MISPLACED);
              default -> List.of(Flaw.Kind.EDITED);
            });
    restore();
  }

  private static String edited(String column, String type) {
    return switch (type) {
      case "binary" ->
          "CONCAT(CHAR(ASCII(LEFT(" + column + ", 1)) ^ 1), SUBSTRING(" + column + ", 2))";
      case "bigint", "int" -> column + " + 1000";
      case "varchar" -> "CONCAT(" + column + ", 'x')";
      default -> throw new AssertionError(type);
    };
  }

  @Test
  void a_deleted_row_is_found_wherever_it_was() throws SQLException {
    for (int seq : List.of(1, CHOSEN, ENTRIES)) {
      sql.execute("DELETE FROM audit_log WHERE seq = " + seq);
      assertThat(flaw()).isEqualTo(new Flaw(seq, Optional.empty(), Flaw.Kind.MISSING));
      restore();
    }
    sql.execute("DELETE FROM audit_log");
    assertThat(flaw()).isEqualTo(new Flaw(1, Optional.empty(), Flaw.Kind.MISSING));
  }

  @Test
  void two_rows_that_change_places_are_found() throws SQLException {
    UUID later = idAt(CHOSEN + 2);
    swap("seq");
    assertThat(flaw()).isEqualTo(new Flaw(CHOSEN, Optional.of(later), Flaw.Kind.MISPLACED));
    restore();
    swap("seq");
    sql.execute(
        "UPDATE audit_log l JOIN log_copy c ON c.seq = l.seq SET l.chain = c.chain"
            + " WHERE l.seq IN ("
            + CHOSEN
            + ", "
            + (CHOSEN + 2)
            + ")");
    assertThat(flaw()).isEqualTo(new Flaw(CHOSEN, Optional.of(later), Flaw.Kind.MISPLACED));
  }

  private static void swap(String column) throws SQLException {
    sql.execute(
        "UPDATE audit_log SET seq = 1000 WHERE seq = " + CHOSEN,
        "UPDATE audit_log SET " + column + " = " + CHOSEN + " WHERE seq = " + (CHOSEN + 2),
        "UPDATE audit_log SET seq = " + (CHOSEN + 2) + " WHERE seq = 1000");
  }

  @Test
  void a_row_that_somebody_else_added_is_found_linked_or_not() throws SQLException {
    sql.execute(
        "INSERT INTO audit_log (id, happened_at, kind, actor, details, mac_key, mac)"
            + " SELECT X'0000000000007000800000000000abcd', happened_at, kind, actor, details,"
            + " mac_key, mac FROM log_copy WHERE seq = "
            + CHOSEN);
    Optional<UUID> forged = Optional.of(new UUID(0x7000, 0x800000000000abcdL));
    assertThat(flaw()).isEqualTo(new Flaw(0, forged, Flaw.Kind.EDITED));
    assertThat(log.link(10)).isEqualTo(1);
    assertThat(flaw()).isEqualTo(new Flaw(ENTRIES + 1, forged, Flaw.Kind.EDITED));
  }

  @Test
  void a_row_that_is_taken_out_of_the_chain_and_linked_again_is_found() throws SQLException {
    sql.execute(
        "UPDATE audit_log SET seq = NULL, chain = NULL, chain_key = NULL WHERE seq = " + CHOSEN);
    assertThat(log.link(10)).isEqualTo(1);
    assertThat(flaw()).isEqualTo(new Flaw(CHOSEN, Optional.empty(), Flaw.Kind.MISSING));
  }

  @Test
  void rows_that_can_not_be_read_any_more_do_not_hide_the_others() throws SQLException {
    sql.execute("UPDATE audit_log SET kind = 'NEWER', details = '=' WHERE seq = " + CHOSEN);
    assertThat(log.since(AT, Optional.empty(), 100))
        .hasSize(ENTRIES)
        .extracting(entry -> entry.event().kind())
        .containsOnlyOnce(Kind.OTHER);
  }

  // The ends

  @Test
  void an_edit_of_the_head_is_found_and_stays_found_when_linking_goes_on() throws SQLException {
    for (String set : List.of("seq = 11", "seq = 9999", "chain = mac", "mac = chain")) {
      sql.execute("UPDATE audit_marks SET " + set + " WHERE name = 'HEAD'");
      assertThat(flaw().kind()).as(set).isEqualTo(Flaw.Kind.END_EDITED);
      log.append(AuditEvent.of(Kind.LOGOUT, Sample.ANN, AT));
      assertThat(log.link(10)).isEqualTo(1);
      assertThat(flaw().kind()).as(set).isIn(Flaw.Kind.MISPLACED, Flaw.Kind.MISSING);
      restore();
    }
    sql.execute("DELETE FROM audit_marks");
    assertThat(flaw().kind()).isEqualTo(Flaw.Kind.ADDED);
    log.append(AuditEvent.of(Kind.LOGOUT, Sample.ANN, AT));
    assertThat(log.link(10)).isEqualTo(1);
    assertThat(flaw().seq()).isEqualTo(ENTRIES + 1);
    assertThat(flaw().kind()).isEqualTo(Flaw.Kind.MISPLACED);
  }

  @Test
  void a_head_that_is_put_back_is_found_by_what_stands_after_it_or_by_a_head_that_was_kept()
      throws SQLException {
    AuditHead before = log.check(Optional.empty()).head();
    log.append(AuditEvent.of(Kind.LOGOUT, Sample.ANN, AT));
    log.link(10);
    AuditHead kept = log.check(Optional.empty()).head();
    sql.execute("DELETE FROM audit_marks", "INSERT INTO audit_marks SELECT * FROM marks_copy");
    assertThat(flaw()).isEqualTo(new Flaw(ENTRIES + 1, Optional.empty(), Flaw.Kind.ADDED));

    sql.execute("DELETE FROM audit_log WHERE seq = " + kept.seq());
    assertThat(log.check(Optional.of(before)).flaw()).isEmpty();
    assertThat(log.check(Optional.of(kept)).flaw())
        .contains(new Flaw(kept.seq(), Optional.empty(), Flaw.Kind.MISSING));

    log.append(AuditEvent.of(Kind.LOGIN, Sample.ANN, AT));
    log.link(10);
    assertThat(log.check(Optional.of(kept)).flaw())
        .contains(new Flaw(kept.seq(), Optional.empty(), Flaw.Kind.REPLACED));
  }

  @Test
  void an_anchor_that_pretends_that_more_was_purged_is_found() throws SQLException {
    Instant cut = AT.plusMillis(4);
    assertThat(log.purge(cut, 1000, AT)).isEqualTo(3);
    assertThat(log.check(Optional.empty()).flaw()).isEmpty();
    sql.execute(
        "UPDATE audit_marks SET seq = "
            + CHOSEN
            + ", chain = (SELECT chain FROM log_copy WHERE seq = "
            + CHOSEN
            + ") WHERE name = 'ANCHOR'",
        "DELETE FROM audit_log WHERE seq <= " + CHOSEN);
    assertThat(flaw()).isEqualTo(new Flaw(CHOSEN, Optional.empty(), Flaw.Kind.END_EDITED));

    assertThat(log.purge(cut.plusMillis(CHOSEN), 1000, AT)).isPositive();
    assertThat(log.since(AT, Optional.empty(), 100))
        .filteredOn(entry -> entry.event().kind() == Kind.AUDIT_PURGED)
        .extracting(entry -> entry.event().details().get("intact"))
        .containsExactlyInAnyOrder("true", "false");
  }

  @Test
  void a_part_that_was_edited_is_purged_and_it_is_left_that_it_was() throws SQLException {
    sql.execute("UPDATE audit_log SET kind = 'LOGIN' WHERE seq = 2");
    assertThat(log.purge(AT.plusMillis(4), 1000, AT)).isEqualTo(3);
    assertThat(log.since(AT, Optional.empty(), 100))
        .filteredOn(entry -> entry.event().kind() == Kind.AUDIT_PURGED)
        .extracting(entry -> entry.event().details())
        .containsExactly(Map.of("from", "1", "to", "3", "intact", "false"));
    assertThat(log.check(Optional.empty()).flaw()).isEmpty();
  }

  // Keys

  @Test
  void without_its_key_nothing_is_proved() throws SQLException {
    sql.execute("DELETE FROM audit_keys");
    try (Instance restarted = Instance.start(sql.schema())) {
      assertThat(restarted.ports().auditLog().check(Optional.empty()).flaw())
          .get()
          .extracting(Flaw::kind)
          .isIn(Flaw.Kind.UNPROVABLE, Flaw.Kind.END_EDITED);
    }
  }

  @Test
  void with_newer_keys_the_log_is_checked_and_goes_on() throws SQLException {
    try (Instance rotated = Instance.start(sql.schema(), "", 4, Instance.keys(2))) {
      AuditLog there = rotated.ports().auditLog();
      there.append(AuditEvent.of(Kind.LOGOUT, Sample.ANN, AT));
      assertThat(there.link(10)).isEqualTo(1);
      assertThat(there.check(Optional.empty()).flaw()).isEmpty();
      assertThat(log.check(Optional.empty()).flaw()).isEmpty();
      assertThat(sql.number("SELECT COUNT(*) FROM audit_keys")).isEqualTo(1);
    }
  }

  @Test
  void an_instance_that_has_lost_the_key_adds_and_links_nothing_to_what_it_can_not_prove()
      throws SQLException {
    try (Instance lost = Instance.start(sql.schema(), "", 4, Instance.keysWithoutTheFirst())) {
      AuditLog there = lost.ports().auditLog();
      there.append(AuditEvent.of(Kind.LOGOUT, Sample.ANN, AT));
      assertThat(there.link(10)).isZero();
      assertThat(there.check(Optional.empty()).flaw())
          .get()
          .extracting(Flaw::kind)
          .isEqualTo(Flaw.Kind.UNPROVABLE);

      sql.execute("DELETE FROM audit_marks");
      assertThat(there.link(10)).isEqualTo(1);
      assertThat(there.check(Optional.empty()).flaw())
          .get()
          .extracting(Flaw::kind)
          .isEqualTo(Flaw.Kind.UNPROVABLE);
    }
  }

  private static Flaw flaw() {
    return log.check(Optional.empty()).flaw().orElseThrow();
  }

  private static UUID idAt(int seq) throws SQLException {
    byte[] id = sql.rows("SELECT id FROM audit_log WHERE seq = " + seq).getFirst().get("id");
    assertThat(HexFormat.of().formatHex(id)).hasSize(32);
    return Binary.uuid(id);
  }
}
