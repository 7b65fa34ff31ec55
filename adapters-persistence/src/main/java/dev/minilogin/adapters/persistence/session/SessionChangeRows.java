package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The statements that open and end sessions; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface SessionChangeRows extends GenericRepository<SessionRow, byte[]> {
  @Query(
      """
      INSERT INTO sessions
        (id, family, token_mac, user_id, app_id, install_hash, model, platform, env_version,
         version, scene, created_at, last_seen_at, idle_expires_at, absolute_expires_at, epoch,
         login_claim, new_user, sealed_answer)
      VALUES
        (:id, :family, :tokenMac, :userId, :appId, :installHash, :model, :platform, :envVersion,
         :version, :scene, :createdAt, :lastSeenAt, :idleExpiresAt, :absoluteExpiresAt, :epoch,
         :loginClaim, :newUser, :sealedAnswer)
      """)
  int insert(
      byte[] id,
      byte[] family,
      byte[] tokenMac,
      byte[] userId,
      String appId,
      @Nullable byte[] installHash,
      @Nullable String model,
      @Nullable String platform,
      @Nullable String envVersion,
      @Nullable String version,
      @Nullable String scene,
      long createdAt,
      long lastSeenAt,
      long idleExpiresAt,
      long absoluteExpiresAt,
      int epoch,
      @Nullable byte[] loginClaim,
      boolean newUser,
      @Nullable byte[] sealedAnswer);

  @Query(
      """
      SELECT s.*, u.status AS account_status, u.session_epoch AS account_epoch
        FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = :id
      """)
  Optional<SessionRow> byId(byte[] id);

  /** A user's sessions that nobody has ended; some may have expired. */
  @Query(
      """
      SELECT s.*, u.status AS account_status, u.session_epoch AS account_epoch
        FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.user_id = :userId AND (s.revoked_at IS NULL OR s.revoked_at > :now)
      """)
  List<SessionRow> ofUser(byte[] userId, long now);

  /** Ends a session that gives way to another one, unless somebody has ended it before. */
  @Query(
      """
      UPDATE sessions SET revoked_at = :at, revoke_reason = :reason
       WHERE id = :id AND revoked_at IS NULL
      """)
  int giveWay(byte[] id, long at, String reason);

  /** An ending stays as it is, also where a clock has gone back since; a tail can be cut. */
  @Query(
      """
      UPDATE sessions SET revoked_at = :at, revoke_reason = :reason
       WHERE id = :id AND user_id = :userId
         AND (revoked_at IS NULL OR revoked_at > :at AND revoke_reason = 'REPLACED')
      """)
  int end(byte[] userId, byte[] id, long at, String reason);

  @Query(
      """
      UPDATE sessions SET revoked_at = :at, revoke_reason = :reason
       WHERE user_id = :userId AND id <> :keptId
         AND (revoked_at IS NULL OR revoked_at > :at AND revoke_reason = 'REPLACED')
         AND idle_expires_at > :at AND absolute_expires_at > :at
         AND epoch = (SELECT session_epoch FROM users WHERE id = :userId)
      """)
  int endOthers(byte[] userId, byte[] keptId, long at, String reason);

  @Query(
      """
      UPDATE sessions SET revoked_at = :at, revoke_reason = :reason
       WHERE user_id = :userId AND family = :familyId
         AND (revoked_at IS NULL OR revoked_at > :at AND revoke_reason = 'REPLACED')
         AND idle_expires_at > :at AND absolute_expires_at > :at
         AND epoch = (SELECT session_epoch FROM users WHERE id = :userId)
      """)
  int endFamily(byte[] userId, byte[] familyId, long at, String reason);

  @Query(
      """
      UPDATE users SET session_epoch = session_epoch + 1
       WHERE id = :userId AND status NOT IN ('DELETED', 'MERGED')
      """)
  int endAll(byte[] userId);

  /** Counts the failed attempts of one session for another one, too. */
  @Query(
      """
      UPDATE sessions renewed JOIN sessions old ON old.id = :oldId
         SET renewed.open_data_attempts = old.open_data_attempts
       WHERE renewed.id = :id
      """)
  int keepAttempts(byte[] id, byte[] oldId);
}
