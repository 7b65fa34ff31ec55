package dev.minilogin.adapters.persistence.review;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The statements that begin and end reviews; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface ReviewChangeRows extends GenericRepository<ReviewRow, byte[]> {
  @Query(
      """
      INSERT INTO content_reviews
        (id, user_id, app_id, openid, field, value, source, tries, trace, created_at, next_try_at,
         held)
      VALUES
        (:id, :userId, :appId, :openid, :field, :value, :source, :tries, :trace, :at, :retryAt, 0)
      """)
  int insert(
      byte[] id,
      byte[] userId,
      String appId,
      String openid,
      String field,
      String value,
      String source,
      int tries,
      @Nullable String trace,
      long at,
      long retryAt);

  @Query("SELECT * FROM content_reviews WHERE id = :id")
  Optional<ReviewRow> byId(byte[] id);

  @Query("UPDATE content_reviews SET held = 1, next_try_at = NULL WHERE id = :id")
  int hold(byte[] id);

  @Query("DELETE FROM content_reviews WHERE id = :id")
  int delete(byte[] id);

  @Query("DELETE FROM content_reviews WHERE user_id = :userId")
  int deleteAllOf(byte[] userId);
}
