package dev.minilogin.adapters.persistence.session;

import io.micronaut.data.annotation.Join;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code sessions}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SessionRows extends GenericRepository<SessionRow, byte[]> {
  @Query(
      """
      SELECT s.*, u.id AS user_id, u.unionid AS user_unionid, u.status AS user_status,
             u.session_epoch AS user_session_epoch, u.nickname AS user_nickname,
             u.avatar_url AS user_avatar_url, u.gender AS user_gender,
             u.province AS user_province, u.city AS user_city, u.country AS user_country,
             u.language AS user_language, u.profile_provenance AS user_profile_provenance,
             u.profile_version AS user_profile_version, u.phone AS user_phone,
             u.phone_tenant AS user_phone_tenant, u.phone_bound_at AS user_phone_bound_at,
             u.nickname_review_id AS user_nickname_review_id,
             u.nickname_review_state AS user_nickname_review_state,
             u.nickname_review_value AS user_nickname_review_value,
             u.avatar_review_id AS user_avatar_review_id,
             u.avatar_review_state AS user_avatar_review_state,
             u.profile_cleared_at AS user_profile_cleared_at, u.created_at AS user_created_at,
             u.updated_at AS user_updated_at
        FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_mac IN (:mac, :olderMac)
      """)
  @Join(value = "user", alias = "user_")
  Optional<SessionRow> byToken(byte[] mac, byte[] olderMac);

  @Query(
      """
      UPDATE sessions SET last_seen_at = :seenAt, idle_expires_at = :idleExpiresAt
       WHERE id = :id AND revoked_at IS NULL AND last_seen_at < :seenAt
         AND idle_expires_at > :seenAt AND absolute_expires_at > :seenAt
      """)
  int slide(byte[] id, long seenAt, long idleExpiresAt);

  @Query(
      """
      UPDATE sessions SET revoked_at = :at, revoke_reason = :reason
       WHERE id = :id AND revoked_at IS NULL
      """)
  int end(byte[] id, long at, String reason);

  @Query(
      """
      UPDATE sessions SET open_data_attempts = open_data_attempts + 1
       WHERE id = :id AND open_data_attempts < :limit
      """)
  int takeAttempt(byte[] id, int limit);

  @Query(
      """
      UPDATE sessions SET open_data_attempts = open_data_attempts - 1
       WHERE id = :id AND open_data_attempts > 0
      """)
  int giveAttemptBack(byte[] id);
}
