package dev.minilogin.adapters.persistence.miniprogram;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The statements that save a mini program; they run in one transaction. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface MiniProgramChangeRows extends GenericRepository<MiniProgramRow, String> {
  /** Nobody else can change it until the transaction ends. */
  @Query("SELECT * FROM mini_programs WHERE app_id = :appId FOR UPDATE")
  Optional<MiniProgramRow> locked(String appId);

  /**
   * @return 1 if it is new, 2 if it is not: what is sealed always changes
   */
  @Query(
      """
      INSERT INTO mini_programs
        (app_id, sealed_secret, sealed_secret_2, enabled, idle_lifetime_ms, absolute_lifetime_ms,
         tenant, content_checked, content_on_review, content_on_risky, risk_reaction, risk_from,
         encrypted_data_checked, admitted_builds, sessions_per_user, push_mode, push_format,
         push_token, push_key, push_key_2)
      VALUES
        (:appId, :sealedSecret, :otherSecret, :enabled, :idleLifetimeMs, :absoluteLifetimeMs,
         :tenant, :contentChecked, :contentOnReview, :contentOnRisky, :riskReaction, :riskFrom,
         :encryptedDataChecked, :admittedBuilds, :sessionsPerUser, :pushMode, :pushFormat,
         :pushToken, :pushKey, :olderPushKey)
      ON DUPLICATE KEY UPDATE
        sealed_secret = VALUES(sealed_secret), sealed_secret_2 = VALUES(sealed_secret_2),
        enabled = VALUES(enabled),
        idle_lifetime_ms = VALUES(idle_lifetime_ms),
        absolute_lifetime_ms = VALUES(absolute_lifetime_ms), tenant = VALUES(tenant),
        content_checked = VALUES(content_checked),
        content_on_review = VALUES(content_on_review),
        content_on_risky = VALUES(content_on_risky), risk_reaction = VALUES(risk_reaction),
        risk_from = VALUES(risk_from), encrypted_data_checked = VALUES(encrypted_data_checked),
        admitted_builds = VALUES(admitted_builds),
        sessions_per_user = VALUES(sessions_per_user),
        push_mode = VALUES(push_mode), push_format = VALUES(push_format),
        push_token = VALUES(push_token), push_key = VALUES(push_key),
        push_key_2 = VALUES(push_key_2)
      """)
  int put(
      String appId,
      byte[] sealedSecret,
      @Nullable byte[] otherSecret,
      boolean enabled,
      long idleLifetimeMs,
      long absoluteLifetimeMs,
      String tenant,
      boolean contentChecked,
      String contentOnReview,
      String contentOnRisky,
      String riskReaction,
      int riskFrom,
      boolean encryptedDataChecked,
      String admittedBuilds,
      int sessionsPerUser,
      @Nullable String pushMode,
      @Nullable String pushFormat,
      @Nullable byte[] pushToken,
      @Nullable byte[] pushKey,
      @Nullable byte[] olderPushKey);
}
