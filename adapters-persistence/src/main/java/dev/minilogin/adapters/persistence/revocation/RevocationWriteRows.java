package dev.minilogin.adapters.persistence.revocation;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** The statement that writes to {@code revocations}; it runs in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface RevocationWriteRows extends GenericRepository<RevocationRow, byte[]> {
  @Query(
      """
      INSERT INTO revocations (id, revoked_at, user_id)
      VALUES (:id, CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED), :userId)
      """)
  int insert(byte[] id, byte[] userId);
}
