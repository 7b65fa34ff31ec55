package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** The statements that let a push take effect; they run in one transaction. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface EffectRows extends GenericRepository<PushRow, byte[]> {
  /**
   * @return 0 if it is done already, or there is none
   */
  @Query(
      """
      UPDATE push_inbox SET next_try_at = NULL, handled_at = :at
       WHERE id = :id AND handled_at IS NULL
      """)
  int done(byte[] id, long at);

  @Query("UPDATE push_inbox SET event = NULL, person_mac = NULL, emptied = 1 WHERE id = :id")
  int empty(byte[] id);

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
      INSERT INTO erasure_receipts (user_id, app_id, push_id, received_at, erased_at)
      SELECT :userId, app_id, id, received_at, :at FROM push_inbox WHERE id = :pushId
      """)
  int receipt(byte[] userId, byte[] pushId, long at);
}
