package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Storage;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

/** The statements that change users; they run in transactions. */
@JdbcRepository(dialect = Dialect.MYSQL, dataSource = Storage.TRANSACTIONS)
interface UserChangeRows extends GenericRepository<UserRow, byte[]> {
  @Query("SELECT * FROM users WHERE id = :id AND status NOT IN ('DELETED', 'MERGED')")
  Optional<UserRow> living(byte[] id);

  /** Also one who is gone. */
  @Query("SELECT * FROM users WHERE id = :id")
  Optional<UserRow> any(byte[] id);

  /** Writes all but the phone number, unless the row was changed since it was read. */
  @Query(
      """
      UPDATE users
         SET nickname = :nickname, avatar_url = :avatarUrl, gender = :gender, province = :province,
             city = :city, country = :country, language = :language,
             profile_provenance = :provenance,
             nickname_review_id = :nicknameReviewId, nickname_review_state = :nicknameReviewState,
             nickname_review_value = :nicknameReviewValue, avatar_review_id = :avatarReviewId,
             avatar_review_state = :avatarReviewState, profile_cleared_at = :profileClearedAt,
             profile_version = profile_version + 1, updated_at = :updatedAt
       WHERE id = :id AND profile_version = :version
      """)
  int change(
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
      @Nullable byte[] nicknameReviewId,
      @Nullable String nicknameReviewState,
      @Nullable String nicknameReviewValue,
      @Nullable byte[] avatarReviewId,
      @Nullable String avatarReviewState,
      @Nullable Long profileClearedAt,
      long updatedAt);

  @Query("DELETE FROM content_reviews WHERE id = :reviewId")
  int forgetReview(byte[] reviewId);

  /** Notes that a picture of ours is shown, or that somebody ceased to show it. */
  @Query("UPDATE avatars SET shown = :shown WHERE avatar_key = :avatarKey")
  int show(String avatarKey, boolean shown);

  /** Takes whatever phone number there is away, unless it was bound later than that. */
  @Query(
      """
      UPDATE users
         SET phone = NULL, phone_mac = NULL, phone_tenant = NULL, phone_bound_at = NULL,
             profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id AND phone_mac IS NOT NULL AND phone_bound_at <= :boundUntil
      """)
  int unbindPhone(byte[] id, long boundUntil, long at);

  /** Leaves what {@code User.deleted} leaves, unless the row was changed since it was read. */
  @Query(
      """
      UPDATE users
         SET status = 'DELETED', session_epoch = session_epoch + 1, unionid = NULL,
             nickname = NULL, avatar_url = NULL, gender = NULL, province = NULL, city = NULL,
             country = NULL, language = NULL, profile_provenance = '',
             phone = NULL, phone_mac = NULL, phone_tenant = NULL, phone_bound_at = NULL,
             nickname_review_id = NULL, nickname_review_state = NULL, nickname_review_value = NULL,
             avatar_review_id = NULL, avatar_review_state = NULL, profile_cleared_at = NULL,
             profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id AND profile_version = :version
      """)
  int delete(byte[] id, int version, long at);

  @Query(
      """
      UPDATE users
         SET status = :to, session_epoch = session_epoch + 1,
             profile_version = profile_version + 1, updated_at = :at
       WHERE id = :id AND status = :from
      """)
  int changeStatus(byte[] id, String from, String to, long at);
}
