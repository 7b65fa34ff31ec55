package dev.minilogin.adapters.persistence.review;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code content_reviews}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface ReviewRows extends GenericRepository<ReviewRow, byte[]> {
  @Query(
      """
      SELECT * FROM content_reviews WHERE next_try_at <= :now
       ORDER BY next_try_at, id LIMIT :limit
      """)
  List<ReviewRow> due(long now, int limit);

  /** Takes a review up, unless somebody else did since it was read. */
  @Query(
      """
      UPDATE content_reviews SET next_try_at = :retryAt, tries = tries + 1
       WHERE id = :id AND next_try_at = :seen
      """)
  int take(byte[] id, long seen, long retryAt);

  @Query("UPDATE content_reviews SET next_try_at = :retryAt WHERE id = :id AND held = 0")
  int putOff(byte[] id, long retryAt);

  @Query(
      """
      UPDATE content_reviews SET trace = :trace, next_try_at = :retryAt
       WHERE id = :id AND held = 0
      """)
  int sent(byte[] id, String trace, long retryAt);

  @Query("SELECT * FROM content_reviews WHERE app_id = :appId AND trace = :trace")
  Optional<ReviewRow> byTrace(String appId, String trace);

  @Query("SELECT * FROM content_reviews WHERE held = 1 ORDER BY created_at, id LIMIT :limit")
  List<ReviewRow> held(int limit);
}
