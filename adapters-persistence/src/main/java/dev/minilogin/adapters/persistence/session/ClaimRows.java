package dev.minilogin.adapters.persistence.session;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code login_claims}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ClaimRows extends GenericRepository<ClaimRow, byte[]> {
  @Query("INSERT IGNORE INTO login_claims (claim, created_at) VALUES (:claim, :at)")
  int claim(byte[] claim, long at);

  @Query(
      """
      DELETE FROM login_claims
       WHERE claim = :claim AND NOT EXISTS (SELECT 1 FROM sessions WHERE login_claim = :claim)
      """)
  int release(byte[] claim);

  @Query("UPDATE login_claims SET failure = :failure WHERE claim = :claim")
  int fail(byte[] claim, String failure);

  @Query(
      """
      SELECT c.claim, c.failure, s.created_at AS logged_in_at, s.new_user, s.sealed_answer
        FROM login_claims c LEFT JOIN sessions s ON s.login_claim = c.claim
       WHERE c.claim = :claim
      """)
  Optional<ClaimRow> byClaim(byte[] claim);
}
