package dev.minilogin.adapters.persistence.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code sessions}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SessionRows extends GenericRepository<SessionRow, byte[]> {
  @Query(
      """
      SELECT s.*, u.status AS account_status, u.session_epoch AS account_epoch
        FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_mac IN (:mac, :olderMac)
      """)
  Optional<SessionRow> byToken(byte[] mac, byte[] olderMac);

  /** A user's sessions that nobody has ended, the last used first; some may have expired. */
  @Query(
      """
      SELECT s.*, u.status AS account_status, u.session_epoch AS account_epoch
        FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.user_id = :userId AND (s.revoked_at IS NULL OR s.revoked_at > :now)
       ORDER BY s.last_seen_at DESC, s.id DESC
      """)
  List<SessionRow> ofUser(byte[] userId, long now);

  @Query(
      """
      UPDATE sessions SET last_seen_at = :seenAt, idle_expires_at = :idleExpiresAt
       WHERE id = :id AND revoked_at IS NULL
         AND last_seen_at = :seenBefore AND last_seen_at < :seenAt
         AND idle_expires_at > :seenAt AND absolute_expires_at > :seenAt
      """)
  int slide(byte[] id, long seenBefore, long seenAt, long idleExpiresAt);

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
