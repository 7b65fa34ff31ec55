package dev.minilogin.adapters.persistence.user;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code users}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface UserRows extends GenericRepository<UserRow, byte[]> {
  @Query("SELECT * FROM users WHERE id = :id")
  Optional<UserRow> byId(byte[] id);
}
