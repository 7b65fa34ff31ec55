package dev.minilogin.adapters.persistence.wechat;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code wechat_identities}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface IdentityRows extends GenericRepository<IdentityRow, String> {
  @Query(
      """
      SELECT * FROM wechat_identities
       WHERE user_id = :userId AND app_id = :appId
       ORDER BY last_login_at DESC LIMIT 1
      """)
  Optional<IdentityRow> latest(byte[] userId, String appId);

  @Query("SELECT * FROM wechat_identities WHERE app_id = :appId AND openid = :openid")
  Optional<IdentityRow> byOpenId(String appId, String openid);

  /**
   * Moves the older session_keys down unless this is the newest already. MySQL and MariaDB assign
   * from left to right, so each line sees what stands in the columns before it is their turn.
   */
  @Query(
      """
      UPDATE wechat_identities
         SET session_key_3 = IF(session_key_mac IN (:sessionKeyMac, :olderSessionKeyMac), session_key_3, session_key_2),
             session_key_3_at =
               IF(session_key_mac IN (:sessionKeyMac, :olderSessionKeyMac), session_key_3_at, session_key_2_at),
             session_key_2 = IF(session_key_mac IN (:sessionKeyMac, :olderSessionKeyMac), session_key_2, session_key),
             session_key_2_at =
               IF(session_key_mac IN (:sessionKeyMac, :olderSessionKeyMac), session_key_2_at, session_key_at),
             session_key = :sessionKey,
             session_key_at = IF(session_key_mac IN (:sessionKeyMac, :olderSessionKeyMac), session_key_at, :at),
             session_key_mac = :sessionKeyMac,
             session_key_used_at = :at
       WHERE app_id = :appId AND openid = :openid
      """)
  int keep(
      String appId,
      String openid,
      byte[] sessionKey,
      byte[] sessionKeyMac,
      byte[] olderSessionKeyMac,
      long at);

  @Query(
      """
      UPDATE wechat_identities
         SET risk_rank = :rank, risk_flagged = :flagged, risk_ranked_at = :at
       WHERE app_id = :appId AND openid = :openid
      """)
  int rank(String appId, String openid, int rank, boolean flagged, long at);

  @Query(
      """
      SELECT openid, app_id, session_key, session_key_mac, session_key_2, session_key_3
        FROM wechat_identities
       WHERE app_id = :lastAppId AND openid > :lastOpenid OR app_id > :lastAppId
       ORDER BY app_id, openid LIMIT :limit
      """)
  List<SessionKeyRow> after(String lastAppId, String lastOpenid, int limit);

  @Query(
      """
      UPDATE wechat_identities
         SET session_key = :newKey, session_key_mac = :newMac, session_key_2 = :newSecond,
             session_key_3 = :newThird
       WHERE app_id = :appId AND openid = :openid AND session_key = :sessionKey
         AND session_key_mac = :sessionKeyMac AND session_key_2 <=> :second
         AND session_key_3 <=> :third
      """)
  int sealAnew(
      String appId,
      String openid,
      byte[] sessionKey,
      byte[] sessionKeyMac,
      @Nullable byte[] second,
      @Nullable byte[] third,
      byte[] newKey,
      byte[] newMac,
      @Nullable byte[] newSecond,
      @Nullable byte[] newThird);
}
