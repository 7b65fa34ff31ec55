package dev.minilogin.adapters.persistence.merge;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.user.UserRow;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** The statements that find, merge and separate accounts; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface MergeRows extends GenericRepository<MergeRow, byte[]> {
  @Query(
      """
      SELECT * FROM account_merges WHERE found_at < :before ORDER BY found_at DESC LIMIT :limit
      """)
  List<MergeRow> all(long before, int limit);

  @Query("SELECT * FROM account_merges WHERE id = :id FOR UPDATE")
  Optional<MergeRow> locked(byte[] id);

  @Query("SELECT * FROM users WHERE id = :id FOR UPDATE")
  Optional<UserRow> lockedUser(byte[] id);

  @Query("SELECT * FROM users WHERE unionid = :unionid")
  Optional<UserRow> userOf(String unionid);

  /**
   * @return 0 if the two were found before
   */
  @Query(
      """
      INSERT IGNORE INTO account_merges (id, kept_id, absorbed_id, found_at, unionid_moved)
      VALUES (:id, :keptId, :absorbedId, :at, 0)
      """)
  int found(byte[] id, byte[] keptId, byte[] absorbedId, long at);

  @Query(
      """
      SELECT * FROM account_merges
       WHERE kept_id = :keptId AND merged_at IS NOT NULL AND undone_at IS NULL
      """)
  List<MergeRow> absorbedBy(byte[] keptId);

  @Query("UPDATE account_merges SET merged_at = :at, unionid_moved = :unionidMoved WHERE id = :id")
  int merged(byte[] id, long at, boolean unionidMoved);

  @Query("UPDATE account_merges SET undone_at = :at WHERE id = :id")
  int undone(byte[] id, long at);

  @Query("DELETE FROM account_merges WHERE kept_id = :keptId")
  int forgetKept(byte[] keptId);

  @Query("DELETE FROM account_merges WHERE absorbed_id = :absorbedId")
  int forgetAbsorbed(byte[] absorbedId);

  @Query(
      """
      UPDATE wechat_identities SET user_id = :keptId, merged_from = :absorbedId
       WHERE user_id = :absorbedId
      """)
  int moveIdentities(byte[] absorbedId, byte[] keptId);

  @Query(
      """
      UPDATE wechat_identities SET user_id = :absorbedId, merged_from = NULL
       WHERE user_id = :keptId AND merged_from = :absorbedId
      """)
  int moveIdentitiesBack(byte[] absorbedId, byte[] keptId);

  /** Ends the user's sessions, too. The number stays in its row, and can be anybody's. */
  @Query(
      """
      UPDATE users
         SET status = 'MERGED', session_epoch = session_epoch + 1, phone_mac = NULL,
             unionid = IF(:unionidMoves, NULL, unionid), profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id
      """)
  int absorb(byte[] id, boolean unionidMoves, long at);

  /** Ends the user's sessions, too. */
  @Query(
      """
      UPDATE users
         SET status = 'ACTIVE', session_epoch = session_epoch + 1,
             unionid = COALESCE(:unionid, unionid),
             phone = IF(:withPhone, phone, NULL), phone_mac = :phoneMac,
             phone_tenant = IF(:withPhone, phone_tenant, NULL),
             phone_bound_at = IF(:withPhone, phone_bound_at, NULL),
             profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id
      """)
  int restore(
      byte[] id, @Nullable String unionid, boolean withPhone, @Nullable byte[] phoneMac, long at);

  /** Ends the user's sessions; a unionid comes or goes. */
  @Query(
      """
      UPDATE users SET session_epoch = session_epoch + 1, unionid = :unionid, updated_at = :at
       WHERE id = :id
      """)
  int change(byte[] id, @Nullable String unionid, long at);

  @Query(
      """
      UPDATE users
         SET phone = :phone, phone_mac = :phoneMac, phone_tenant = :tenant,
             phone_bound_at = :boundAt, profile_version = profile_version + 1
       WHERE id = :id
      """)
  int bindPhone(byte[] id, byte[] phone, byte[] phoneMac, String tenant, long boundAt);
}
