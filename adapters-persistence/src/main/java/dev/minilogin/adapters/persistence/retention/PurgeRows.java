package dev.minilogin.adapters.persistence.retention;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statements that forget, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PurgeRows extends GenericRepository<ReceiptRow, byte[]> {
  /** No use moves the end of a session that has passed, so whoever is deleted is nobody's. */
  @Query(
      """
      DELETE FROM sessions WHERE idle_expires_at < :before
       ORDER BY idle_expires_at, id LIMIT :limit
      """)
  int sessions(long before, int limit);

  @Query(
      """
      DELETE FROM login_claims WHERE created_at < :before ORDER BY created_at, claim LIMIT :limit
      """)
  int claims(long before, int limit);

  @Query(
      """
      UPDATE wechat_identities
         SET session_key = NULL, session_key_mac = NULL, session_key_at = NULL,
             session_key_2 = NULL, session_key_2_at = NULL,
             session_key_3 = NULL, session_key_3_at = NULL, session_key_used_at = NULL
       WHERE session_key_used_at < :before
       ORDER BY session_key_used_at, app_id, openid LIMIT :limit
      """)
  int sessionKeys(long before, int limit);

  @Query(
      """
      DELETE FROM push_inbox WHERE emptied = 1 AND handled_at < :before
       ORDER BY handled_at, id LIMIT :limit
      """)
  int pushes(long before, int limit);

  @Query(
      """
      SELECT user_id FROM erasure_receipts WHERE erased_at < :before
       ORDER BY erased_at, user_id LIMIT :limit
      """)
  List<ReceiptRow> receipts(long before, int limit);

  @Query("DELETE FROM users WHERE id = :userId AND status = 'DELETED'")
  int user(byte[] userId);

  @Query("DELETE FROM erasure_receipts WHERE user_id = :userId")
  int receipt(byte[] userId);
}
