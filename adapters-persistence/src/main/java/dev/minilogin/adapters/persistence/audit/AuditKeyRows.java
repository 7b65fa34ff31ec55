package dev.minilogin.adapters.persistence.audit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code audit_keys}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AuditKeyRows extends GenericRepository<AuditKeyRow, Integer> {
  @Query("SELECT * FROM audit_keys WHERE number = :number")
  Optional<AuditKeyRow> byNumber(int number);

  /** Another instance may be first: then its key counts. */
  @Query("INSERT IGNORE INTO audit_keys (number, sealed_key) VALUES (:number, :sealedKey)")
  int insert(int number, byte[] sealedKey);

  @Query("SELECT * FROM audit_keys WHERE number > :lastNumber ORDER BY number LIMIT :limit")
  List<AuditKeyRow> after(int lastNumber, int limit);

  @Query(
      """
      UPDATE audit_keys SET sealed_key = :newKey
       WHERE number = :number AND sealed_key = :sealedKey
      """)
  int sealAnew(int number, byte[] sealedKey, byte[] newKey);
}
