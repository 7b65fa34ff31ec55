package dev.minilogin.adapters.persistence.miniprogram;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Statements on {@code mini_programs}, each committed by itself. */
@JdbcRepository(dialect = Dialect.MYSQL)
interface MiniProgramRows extends GenericRepository<MiniProgramRow, String> {
  @Query("SELECT * FROM mini_programs WHERE app_id = :appId")
  Optional<MiniProgramRow> byAppId(String appId);

  @Query("SELECT * FROM mini_programs WHERE app_id > :lastAppId ORDER BY app_id LIMIT :limit")
  List<MiniProgramRow> after(String lastAppId, int limit);

  @Query(
      """
      UPDATE mini_programs
         SET sealed_secret = :newSecret, sealed_secret_2 = :newOtherSecret,
             push_token = :newPushToken, push_key = :newPushKey, push_key_2 = :newOlderPushKey
       WHERE app_id = :appId AND sealed_secret = :sealedSecret
         AND sealed_secret_2 <=> :otherSecret AND push_token <=> :pushToken
         AND push_key <=> :pushKey AND push_key_2 <=> :olderPushKey
      """)
  int sealAnew(
      String appId,
      byte[] sealedSecret,
      @Nullable byte[] otherSecret,
      @Nullable byte[] pushToken,
      @Nullable byte[] pushKey,
      @Nullable byte[] olderPushKey,
      byte[] newSecret,
      @Nullable byte[] newOtherSecret,
      @Nullable byte[] newPushToken,
      @Nullable byte[] newPushKey,
      @Nullable byte[] newOlderPushKey);
}
