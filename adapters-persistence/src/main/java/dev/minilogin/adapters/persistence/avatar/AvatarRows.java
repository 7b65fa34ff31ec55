package dev.minilogin.adapters.persistence.avatar;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Statements on {@code avatars}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface AvatarRows extends GenericRepository<AvatarRow, String> {
  @Query(
      """
      INSERT IGNORE INTO avatars (avatar_key, user_id, added_at, shown)
      VALUES (:avatarKey, :userId, :at, 0)
      """)
  int add(String avatarKey, byte[] userId, long at);

  /**
   * Looks at those that a profile shows only once it has ceased to. The first of two comparisons
   * has an index, the second tells upper case from lower.
   */
  @Query(
      """
      SELECT a.avatar_key FROM avatars a
       WHERE a.shown = 0 AND a.added_at < :before
         AND NOT EXISTS
           (SELECT 1 FROM users u
             WHERE u.avatar_url = CONCAT('/avatars/', a.avatar_key)
               AND CAST(u.avatar_url AS BINARY) = CONCAT('/avatars/', a.avatar_key))
         AND NOT EXISTS
           (SELECT 1 FROM content_reviews r
             WHERE r.value = CONCAT('/avatars/', a.avatar_key)
               AND CAST(r.value AS BINARY) = CONCAT('/avatars/', a.avatar_key))
       ORDER BY a.added_at LIMIT :limit
      """)
  List<AvatarRow> unused(long before, int limit);

  @Query("DELETE FROM avatars WHERE avatar_key = :avatarKey")
  int forget(String avatarKey);
}
