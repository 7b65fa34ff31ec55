package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** The statements that add to {@code audit_log}; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface AuditTrailRows extends GenericRepository<AuditRow, byte[]> {
  @Query(
      """
      INSERT INTO audit_log
        (id, happened_at, kind, actor, operator, user_id, session_id, app_id, details, mac_key, mac)
      VALUES
        (:id, :happenedAt, :kind, :actor, :operator, :userId, :sessionId, :appId, :details,
         :macKey, :mac)
      """)
  int insert(
      byte[] id,
      long happenedAt,
      String kind,
      String actor,
      @Nullable String operator,
      @Nullable byte[] userId,
      @Nullable byte[] sessionId,
      @Nullable String appId,
      String details,
      int macKey,
      byte[] mac);
}
