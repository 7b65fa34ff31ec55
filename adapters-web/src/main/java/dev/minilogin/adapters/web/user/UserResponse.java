package dev.minilogin.adapters.web.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A user as they see themselves. What isn't known is null, the gender 0. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "User",
    requiredProperties = {
      "id",
      "nickname",
      "avatarUrl",
      "gender",
      "province",
      "city",
      "country",
      "language",
      "phone",
      "reviews",
      "profileClearedAt",
      "createdAt",
      "updatedAt"
    })
public record UserResponse(
    String id,
    @Nullable @Schema(nullable = true) String nickname,
    @Nullable @Schema(nullable = true) String avatarUrl,
    @Schema(description = "0 unknown, 1 male, 2 female") int gender,
    @Nullable @Schema(nullable = true) String province,
    @Nullable @Schema(nullable = true) String city,
    @Nullable @Schema(nullable = true) String country,
    @Nullable @Schema(nullable = true) String language,
    @Nullable @Schema(nullable = true, description = "Masked: 135******66") String phone,
    @Schema(description = "New values that others don't see (yet)")
        List<FieldReviewResponse> reviews,
    @Nullable
        @Schema(
            nullable = true,
            description =
                "When nickname and avatar were cleared because WeChat had cleaned them at its side")
        Instant profileClearedAt,
    Instant createdAt,
    Instant updatedAt) {
  /**
   * A new value of a field that is under review, or was refused.
   *
   * @param field {@code nickname} or {@code avatarUrl}
   * @param state {@code in-review} or {@code refused}
   * @param value the new value; null for an avatar, and once it was refused
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "FieldReview",
      requiredProperties = {"field", "state", "value"})
  public record FieldReviewResponse(
      String field,
      @Schema(allowableValues = {"in-review", "refused"}) String state,
      @Nullable @Schema(nullable = true) String value) {
    /** Without the value, which is personal data. */
    @Override
    public String toString() {
      return "FieldReviewResponse[" + field + ", " + state + "]";
    }
  }

  /** The answer for a user. */
  static UserResponse of(User user, PublicAddress here) {
    Profile profile = user.profile();
    return new UserResponse(
        user.id().toString(),
        text(profile, ProfileField.NICKNAME),
        profile.value(ProfileField.AVATAR_URL).map(here::absolute).orElse(null),
        profile.value(ProfileField.GENDER).map(Integer::parseInt).orElse(0),
        text(profile, ProfileField.PROVINCE),
        text(profile, ProfileField.CITY),
        text(profile, ProfileField.COUNTRY),
        text(profile, ProfileField.LANGUAGE),
        user.phone().map(phone -> phone.number().display()).orElse(null),
        user.reviews().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(review -> review(review.getKey(), review.getValue()))
            .toList(),
        user.profileClearedAt().orElse(null),
        user.createdAt(),
        user.updatedAt());
  }

  /** Without the profile, which is personal data. */
  @Override
  public String toString() {
    return "UserResponse[" + id + "]";
  }

  private static FieldReviewResponse review(ProfileField field, FieldReview review) {
    return new FieldReviewResponse(
        field.key(),
        switch (review.state()) {
          case IN_REVIEW -> "in-review";
          case REFUSED -> "refused";
        },
        review.value().orElse(null));
  }

  @Nullable
  private static String text(Profile profile, ProfileField field) {
    return profile.value(field).orElse(null);
  }
}
