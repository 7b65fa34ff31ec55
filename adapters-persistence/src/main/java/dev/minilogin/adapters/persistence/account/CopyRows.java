package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statements that read all that is kept of a person; they run in one transaction. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface CopyRows extends GenericRepository<CopiedPersonRow, String> {
  @Query(
      """
      SELECT openid, app_id, unionid, login_count, created_at, last_login_at, risk_rank,
             risk_flagged, risk_ranked_at
        FROM wechat_identities WHERE user_id = :userId ORDER BY created_at, app_id, openid
      """)
  List<CopiedPersonRow> people(byte[] userId);

  @Query(
      """
      SELECT id, app_id, install_hash, model, platform, env_version, version, scene, created_at,
             last_seen_at, idle_expires_at, absolute_expires_at, revoked_at, revoke_reason
        FROM sessions WHERE user_id = :userId ORDER BY created_at, id
      """)
  List<CopiedSessionRow> sessions(byte[] userId);

  @Query(
      """
      SELECT id, app_id, field, value, source, created_at
        FROM content_reviews WHERE user_id = :userId ORDER BY created_at, id
      """)
  List<CopiedReviewRow> reviews(byte[] userId);

  @Query(
      """
      SELECT avatar_key, added_at FROM avatars
       WHERE user_id = :userId ORDER BY added_at, avatar_key
      """)
  List<CopiedPictureRow> pictures(byte[] userId);
}
