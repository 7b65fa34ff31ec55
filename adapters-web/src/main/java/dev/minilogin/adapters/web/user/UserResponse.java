package dev.minilogin.adapters.web.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

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
    Instant createdAt,
    Instant updatedAt) {
  /** The answer for a user. */
  public static UserResponse of(User user) {
    Profile profile = user.profile();
    return new UserResponse(
        user.id().toString(),
        text(profile, ProfileField.NICKNAME),
        text(profile, ProfileField.AVATAR_URL),
        profile.value(ProfileField.GENDER).map(Integer::parseInt).orElse(0),
        text(profile, ProfileField.PROVINCE),
        text(profile, ProfileField.CITY),
        text(profile, ProfileField.COUNTRY),
        text(profile, ProfileField.LANGUAGE),
        user.createdAt(),
        user.updatedAt());
  }

  /** Without the profile, which is personal data. */
  @Override
  public String toString() {
    return "UserResponse[" + id + "]";
  }

  @Nullable
  private static String text(Profile profile, ProfileField field) {
    return profile.value(field).orElse(null);
  }
}
