package dev.minilogin.adapters.persistence.audit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Statements on {@code audit_log}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AuditRows extends GenericRepository<AuditRow, byte[]> {
  @Query(
      """
      SELECT * FROM audit_log
       WHERE happened_at >= :since AND NOT (happened_at = :since AND id <= :afterId)
       ORDER BY happened_at, id LIMIT :limit
      """)
  List<AuditRow> since(long since, byte[] afterId, int limit);

  @Query(
      """
      SELECT * FROM audit_log
       WHERE user_id = :userId AND happened_at >= :since
         AND NOT (happened_at = :since AND id <= :afterId)
       ORDER BY happened_at, id LIMIT :limit
      """)
  List<AuditRow> about(byte[] userId, long since, byte[] afterId, int limit);

  @Query("SELECT * FROM audit_log WHERE seq > :after ORDER BY seq LIMIT :limit")
  List<AuditRow> linked(long after, int limit);

  @Query("SELECT * FROM audit_log WHERE seq IS NULL AND id > :afterId ORDER BY id LIMIT :limit")
  List<AuditRow> unlinked(byte[] afterId, int limit);
}
