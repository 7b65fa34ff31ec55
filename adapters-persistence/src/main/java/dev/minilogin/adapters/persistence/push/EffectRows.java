package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

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

  @Query("UPDATE push_inbox SET event = NULL WHERE id = :id")
  int empty(byte[] id);

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
