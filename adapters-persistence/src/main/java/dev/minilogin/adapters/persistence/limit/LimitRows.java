package dev.minilogin.adapters.persistence.limit;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code rate_limits}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface LimitRows extends GenericRepository<LimitRow, byte[]> {
  @Query("SELECT bucket, state, expires_at FROM rate_limits WHERE bucket = :bucket")
  Optional<LimitRow> byBucket(byte[] bucket);

  /**
   * @return 0 if it is there already
   */
  @Query(
      """
      INSERT IGNORE INTO rate_limits (bucket, state, expires_at)
      VALUES (:bucket, :state, :expiresAt)
      """)
  int insert(byte[] bucket, byte[] state, long expiresAt);

  /**
   * @return 0 if its state is another one by now
   */
  @Query(
      """
      UPDATE rate_limits SET state = :state, expires_at = :expiresAt
       WHERE bucket = :bucket AND state = :before
      """)
  int swap(byte[] bucket, byte[] before, byte[] state, long expiresAt);

  @Query("DELETE FROM rate_limits WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit")
  int forget(long now, int limit);
}
