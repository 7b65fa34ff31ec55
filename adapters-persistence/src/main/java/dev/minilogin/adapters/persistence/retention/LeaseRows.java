package dev.minilogin.adapters.persistence.retention;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Statements on {@code leases}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface LeaseRows extends GenericRepository<LeaseRow, String> {
  @Query(
      """
      UPDATE leases SET holder = :holderId, leased_until = :until
       WHERE name = :lease AND (leased_until <= :now OR holder = :holderId)
      """)
  int take(String lease, byte[] holderId, long now, long until);

  /** Where nobody ever took it. */
  @Query(
      "INSERT IGNORE INTO leases (name, holder, leased_until) VALUES (:lease, :holderId, :until)")
  int insert(String lease, byte[] holderId, long until);

  @Query("UPDATE leases SET leased_until = 0 WHERE name = :lease AND holder = :holderId")
  int give(String lease, byte[] holderId);
}
