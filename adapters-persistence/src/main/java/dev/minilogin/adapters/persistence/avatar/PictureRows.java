package dev.minilogin.adapters.persistence.avatar;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** Statements on {@code avatar_pictures}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface PictureRows extends GenericRepository<PictureRow, String> {
  @Query(
      """
      INSERT IGNORE INTO avatar_pictures (avatar_key, media_type, content)
      VALUES (:avatarKey, :mediaType, :content)
      """)
  int put(String avatarKey, String mediaType, byte[] content);

  @Query("SELECT * FROM avatar_pictures WHERE avatar_key = :avatarKey")
  Optional<PictureRow> byKey(String avatarKey);

  @Query("DELETE FROM avatar_pictures WHERE avatar_key = :avatarKey")
  int delete(String avatarKey);
}
