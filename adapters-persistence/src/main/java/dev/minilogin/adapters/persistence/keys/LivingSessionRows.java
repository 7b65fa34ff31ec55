package dev.minilogin.adapters.persistence.keys;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** What is asked of {@code sessions} where keys are changed. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface LivingSessionRows extends GenericRepository<LivingSessions, Long> {
  /**
   * The sessions that were made before a moment and live at another.
   *
   * @param beforeId the lowest id that can be made from then on: ids begin with their time
   */
  @Query(
      """
      SELECT COUNT(*) AS living, MAX(absolute_expires_at) AS last_ends_at FROM sessions
       WHERE id < :beforeId AND (revoked_at IS NULL OR revoked_at > :now)
         AND idle_expires_at > :now AND absolute_expires_at > :now
      """)
  LivingSessions before(byte[] beforeId, long now);
}
