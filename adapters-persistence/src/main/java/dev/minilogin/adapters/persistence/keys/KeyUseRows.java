package dev.minilogin.adapters.persistence.keys;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Statements on {@code key_uses}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface KeyUseRows extends GenericRepository<KeyUseRow, Integer> {
  @Query("SELECT * FROM key_uses WHERE purpose = :purpose ORDER BY key_number")
  List<KeyUseRow> of(String purpose);

  @Query(
      """
      INSERT INTO key_uses (purpose, key_number, last_used_at) VALUES (:purpose, :number, :at)
      ON DUPLICATE KEY UPDATE last_used_at = GREATEST(last_used_at, VALUES(last_used_at))
      """)
  int note(String purpose, int number, long at);

  @Query("DELETE FROM key_uses WHERE purpose = :purpose AND key_number = :number")
  int forget(String purpose, int number);
}
