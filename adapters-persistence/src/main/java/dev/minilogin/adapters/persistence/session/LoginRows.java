package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.user.UserRow;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The statements that record a login; they run in one transaction. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface LoginRows extends GenericRepository<UserRow, byte[]> {
  /**
   * Creates the identity, or notes its login: another session_key moves the older ones down, a
   * unionid that came late is added. MySQL and MariaDB assign from left to right, so each line sees
   * what stands in the columns before it is their turn.
   *
   * <p>The user of the unionid is locked, so that an account can't be erased between this and the
   * end of the login: the identity would be left without a user. Not by a shared lock, which two
   * logins could have and neither could turn into that of {@link #userOf}.
   *
   * @return 1 if the identity is new, 2 if it is not: {@code login_count} always changes
   */
  @Query(
      """
      INSERT INTO wechat_identities
        (app_id, openid, user_id, unionid, session_key, session_key_mac, session_key_at,
         session_key_used_at, login_count, created_at, last_login_at)
      VALUES
        (:appId, :openid,
         COALESCE(
           (SELECT u.id FROM users u WHERE u.unionid = :unionid FOR UPDATE), :userId),
         :unionid, :sessionKey, :sessionKeyMac, :at, :at, 1, :at, :at)
      ON DUPLICATE KEY UPDATE
        session_key_3 = IF(session_key_mac IN (VALUES(session_key_mac), :olderSessionKeyMac), session_key_3, session_key_2),
        session_key_3_at =
          IF(session_key_mac IN (VALUES(session_key_mac), :olderSessionKeyMac), session_key_3_at, session_key_2_at),
        session_key_2 = IF(session_key_mac IN (VALUES(session_key_mac), :olderSessionKeyMac), session_key_2, session_key),
        session_key_2_at =
          IF(session_key_mac IN (VALUES(session_key_mac), :olderSessionKeyMac), session_key_2_at, session_key_at),
        session_key = VALUES(session_key),
        session_key_at =
          IF(session_key_mac IN (VALUES(session_key_mac), :olderSessionKeyMac), session_key_at, VALUES(session_key_at)),
        session_key_mac = VALUES(session_key_mac),
        session_key_used_at = VALUES(session_key_used_at),
        unionid = COALESCE(VALUES(unionid), unionid),
        login_count = login_count + 1,
        last_login_at = VALUES(last_login_at)
      """)
  int putIdentity(
      String appId,
      String openid,
      byte[] userId,
      @Nullable String unionid,
      byte[] sessionKey,
      byte[] sessionKeyMac,
      byte[] olderSessionKeyMac,
      long at);

  /**
   * @return 0 if another user has the unionid
   */
  @Query(
      """
      INSERT IGNORE INTO users
        (id, unionid, status, session_epoch, profile_provenance, profile_version, created_at,
         updated_at)
      VALUES (:id, :unionid, :status, 0, '', 0, :at, :at)
      """)
  int insertUser(byte[] id, @Nullable String unionid, String status, long at);

  /** The user of an identity, locked: of logins at once, each sees what the others left. */
  @Query(
      """
      SELECT u.* FROM wechat_identities i JOIN users u ON u.id = i.user_id
       WHERE i.app_id = :appId AND i.openid = :openid
         FOR UPDATE
      """)
  Optional<UserRow> userOf(String appId, String openid);

  /** Gives a user the unionid that came late, unless another user has it. */
  @Query("UPDATE IGNORE users SET unionid = :unionid WHERE id = :id AND unionid IS NULL")
  int linkUnionid(byte[] id, String unionid);
}
