package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statements that erase an account, all but its user's; they run in one transaction. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface ErasureRows extends GenericRepository<PersonRow, String> {
  /** Who a user is; nobody else can add to it or take from it until the transaction ends. */
  @Query("SELECT openid, app_id FROM wechat_identities WHERE user_id = :userId FOR UPDATE")
  List<PersonRow> people(byte[] userId);

  /** Also those that wait: what they ask for is done. */
  @Query(
      """
      UPDATE push_inbox
         SET event = NULL, person_mac = NULL, emptied = 1, next_try_at = NULL,
             handled_at = COALESCE(handled_at, :at)
       WHERE person_mac IN (:personMac, :olderPersonMac)
      """)
  int emptyAllAbout(byte[] personMac, byte[] olderPersonMac, long at);

  @Query("DELETE FROM wechat_identities WHERE user_id = :userId")
  int deleteIdentities(byte[] userId);

  /** The hashes of tokens stay, so that their holders are told why their sessions ended. */
  @Query(
      """
      UPDATE sessions
         SET install_hash = NULL, model = NULL, platform = NULL, env_version = NULL,
             version = NULL, scene = NULL, sealed_answer = NULL
       WHERE user_id = :userId
      """)
  int emptySessions(byte[] userId);

  @Query(
      """
      INSERT INTO erasure_receipts (user_id, cause, app_id, asked_at, erased_at)
      VALUES (:userId, :cause, :appId, :at, :at)
      """)
  int receipt(byte[] userId, String cause, @Nullable String appId, long at);

  @Query(
      """
      INSERT INTO erasure_receipts (user_id, cause, app_id, push_id, asked_at, erased_at)
      SELECT :userId, 'WECHAT', app_id, id, received_at, :at FROM push_inbox WHERE id = :pushId
      """)
  int receiptOfPush(byte[] userId, byte[] pushId, long at);
}
