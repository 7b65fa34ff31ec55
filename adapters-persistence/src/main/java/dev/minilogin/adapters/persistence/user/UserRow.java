package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** A row of {@code users}. */
@MappedEntity("users")
public record UserRow(
    @Id byte[] id,
    @Nullable String unionid,
    String status,
    int sessionEpoch,
    @Nullable String nickname,
    @Nullable String avatarUrl,
    @Nullable String gender,
    @Nullable String province,
    @Nullable String city,
    @Nullable String country,
    @Nullable String language,
    String profileProvenance,
    int profileVersion,
    long createdAt,
    long updatedAt) {

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "UserRow[" + Binary.uuid(id) + "]";
  }

  /** The row as a user. */
  public User toUser() {
    return new User(
        new UserId(Binary.uuid(id)),
        User.Status.valueOf(status),
        sessionEpoch,
        profile(),
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt));
  }

  private Profile profile() {
    Map<ProfileField, Profile.Known> known = new EnumMap<>(ProfileField.class);
    Provenance.read(profileProvenance)
        .forEach(
            (field, origin) ->
                known.put(
                    field, new Profile.Known(column(field), origin.source(), origin.since())));
    return new Profile(known);
  }

  private String column(ProfileField field) {
    return switch (field) {
      case NICKNAME -> nickname;
      case AVATAR_URL -> avatarUrl;
      case GENDER -> gender;
      case PROVINCE -> province;
      case CITY -> city;
      case COUNTRY -> country;
      case LANGUAGE -> language;
    };
  }
}
