package dev.minilogin.adapters.persistence.phone;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Reads phone numbers as they are kept, each statement committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface SealedPhoneRows extends GenericRepository<SealedPhoneRow, byte[]> {
  @Query(
      """
      SELECT id, phone, phone_mac, phone_tenant, phone_bound_at FROM users
       WHERE id > :lastId ORDER BY id LIMIT :limit
      """)
  List<SealedPhoneRow> after(byte[] lastId, int limit);
}
