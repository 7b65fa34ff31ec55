package dev.minilogin.adapters.persistence.user;

import io.micronaut.core.annotation.Nullable;
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

  @Query(
      """
      UPDATE users
         SET nickname = :nickname, avatar_url = :avatarUrl, gender = :gender, province = :province,
             city = :city, country = :country, language = :language,
             profile_provenance = :provenance, profile_version = profile_version + 1,
             updated_at = :updatedAt
       WHERE id = :id AND profile_version = :version
      """)
  int changeProfile(
      byte[] id,
      int version,
      @Nullable String nickname,
      @Nullable String avatarUrl,
      @Nullable String gender,
      @Nullable String province,
      @Nullable String city,
      @Nullable String country,
      @Nullable String language,
      String provenance,
      long updatedAt);
}
