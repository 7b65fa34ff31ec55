package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statements that change {@code audit_log}; they run in transactions. */
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

  @Query("SELECT * FROM audit_log WHERE seq IS NULL ORDER BY id LIMIT :limit")
  List<AuditRow> unlinked(int limit);

  /** Nothing that is linked is linked again. */
  @Query(
      """
      UPDATE audit_log SET seq = :seq, chain_key = :chainKey, chain = :chain
       WHERE id = :id AND seq IS NULL
      """)
  int link(byte[] id, long seq, int chainKey, byte[] chain);

  @Query("SELECT * FROM audit_log WHERE seq > :after ORDER BY seq LIMIT :limit")
  List<AuditRow> linked(long after, int limit);

  @Query("DELETE FROM audit_log WHERE seq BETWEEN :from AND :upTo")
  int purge(long from, long upTo);
}
