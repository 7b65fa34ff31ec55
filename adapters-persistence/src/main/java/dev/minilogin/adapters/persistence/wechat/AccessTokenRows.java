package dev.minilogin.adapters.persistence.wechat;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code access_tokens}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AccessTokenRows extends GenericRepository<AccessTokenRow, String> {
  @Query("SELECT * FROM access_tokens WHERE app_id = :appId")
  Optional<AccessTokenRow> byAppId(String appId);

  /**
   * @param tokenMac of the token that is to be renewed; null if the caller knows of none
   */
  @Query(
      """
      UPDATE access_tokens SET lease_id = :leaseId, leased_until = :until
       WHERE app_id = :appId AND leased_until <= :now
         AND (token_mac IS NULL OR token_mac IN (:tokenMac, :olderTokenMac))
         AND (retry_at IS NULL OR retry_at <= :now)
      """)
  int lease(
      String appId,
      byte[] leaseId,
      @Nullable byte[] tokenMac,
      @Nullable byte[] olderTokenMac,
      long now,
      long until);

  /**
   * @return 0 if the mini program has its row already
   */
  @Query(
      """
      INSERT IGNORE INTO access_tokens (app_id, lease_id, leased_until)
      VALUES (:appId, :leaseId, :until)
      """)
  int firstLease(String appId, byte[] leaseId, long until);

  @Query(
      """
      UPDATE access_tokens
         SET token = :token, token_mac = :tokenMac, expires_at = :expiresAt, lease_id = NULL,
             leased_until = 0, forced_at = IF(:forced, :now, forced_at), refused_failure = NULL,
             refused_errcode = NULL, retry_at = NULL
       WHERE app_id = :appId AND lease_id = :leaseId
      """)
  int renew(
      String appId,
      byte[] leaseId,
      byte[] token,
      byte[] tokenMac,
      long expiresAt,
      boolean forced,
      long now);

  @Query(
      """
      UPDATE access_tokens
         SET lease_id = NULL, leased_until = 0, refused_failure = :failure,
             refused_errcode = :errcode, retry_at = :retryAt
       WHERE app_id = :appId AND lease_id = :leaseId
      """)
  int refuse(String appId, byte[] leaseId, String failure, @Nullable Long errcode, long retryAt);

  @Query(
      """
      UPDATE access_tokens SET token = NULL, token_mac = NULL, expires_at = NULL
       WHERE app_id = :appId AND token_mac IN (:tokenMac, :olderTokenMac)
      """)
  int drop(String appId, byte[] tokenMac, byte[] olderTokenMac);

  /** As {@link #drop}, of a token that can't be read. */
  @Query(
      """
      UPDATE access_tokens SET token = NULL, token_mac = NULL, expires_at = NULL
       WHERE app_id = :appId AND token = :token
      """)
  int forget(String appId, byte[] token);

  @Query(
      """
      SELECT app_id, token, token_mac FROM access_tokens
       WHERE app_id > :lastAppId ORDER BY app_id LIMIT :limit
      """)
  List<SealedTokenRow> after(String lastAppId, int limit);

  @Query(
      """
      UPDATE access_tokens SET token = :newToken, token_mac = :newMac
       WHERE app_id = :appId AND token = :token AND token_mac = :tokenMac
      """)
  int sealAnew(String appId, byte[] token, byte[] tokenMac, byte[] newToken, byte[] newMac);
}
