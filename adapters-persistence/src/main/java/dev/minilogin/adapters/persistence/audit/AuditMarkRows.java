package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The statements on {@code audit_marks}; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface AuditMarkRows extends GenericRepository<AuditMarkRow, String> {
  @Query("SELECT * FROM audit_marks WHERE name = :name")
  Optional<AuditMarkRow> byName(String name);

  @Query(
      """
      SELECT m.*, (SELECT MAX(seq) FROM audit_log) AS last_seq
        FROM audit_marks m WHERE m.name = :name
      """)
  Optional<AuditEndRow> end(String name);

  /**
   * Whoever gets it is the only one to move it until the transaction ends; the others get nothing
   * and don't wait.
   */
  @Query("SELECT * FROM audit_marks WHERE name = :name FOR UPDATE SKIP LOCKED")
  Optional<AuditMarkRow> locked(String name);

  @Query(
      """
      INSERT IGNORE INTO audit_marks (name, seq, chain, mark_key, mac)
      VALUES (:name, :seq, :chain, :markKey, :mac)
      """)
  int insert(String name, long seq, byte[] chain, int markKey, byte[] mac);

  @Query(
      """
      UPDATE audit_marks SET seq = :seq, chain = :chain, mark_key = :markKey, mac = :mac
       WHERE name = :name AND seq = :seen
      """)
  int move(String name, long seen, long seq, byte[] chain, int markKey, byte[] mac);
}
