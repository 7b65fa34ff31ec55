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

  @Query(
      """
      UPDATE push_inbox SET next_try_at = :now, handled_at = NULL
       WHERE app_id = :appId AND received_at >= :since AND handled_at IS NOT NULL
         AND emptied = 0
      """)
  int replay(String appId, long since, long now);

  @Query("UPDATE push_inbox SET event = NULL, person_mac = NULL, emptied = 1 WHERE id = :id")
  int empty(byte[] id);
}
