package dev.minilogin.adapters.persistence.revocation;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Statements on {@code revocations}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface RevocationRows extends GenericRepository<RevocationRow, byte[]> {
  @Query(
      """
      SELECT id, user_id FROM revocations
       WHERE revoked_at > CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) - :lookBackMs
       LIMIT :limit
      """)
  List<RevocationRow> latest(long lookBackMs, int limit);

  @Query(
      """
      DELETE FROM revocations
       WHERE revoked_at < CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) - :keptMs
       ORDER BY revoked_at LIMIT :limit
      """)
  int purge(long keptMs, int limit);
}
