package dev.minilogin.adapters.persistence.miniprogram;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code mini_programs}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface MiniProgramRows extends GenericRepository<MiniProgramRow, String> {
  @Query("SELECT * FROM mini_programs WHERE app_id = :appId")
  Optional<MiniProgramRow> byAppId(String appId);

  @Query(
      """
      INSERT INTO mini_programs
        (app_id, sealed_secret, enabled, idle_lifetime_ms, absolute_lifetime_ms)
      VALUES (:appId, :sealedSecret, :enabled, :idleLifetimeMs, :absoluteLifetimeMs)
      ON DUPLICATE KEY UPDATE
        sealed_secret = VALUES(sealed_secret), enabled = VALUES(enabled),
        idle_lifetime_ms = VALUES(idle_lifetime_ms),
        absolute_lifetime_ms = VALUES(absolute_lifetime_ms)
      """)
  int put(
      String appId,
      byte[] sealedSecret,
      boolean enabled,
      long idleLifetimeMs,
      long absoluteLifetimeMs);
}
