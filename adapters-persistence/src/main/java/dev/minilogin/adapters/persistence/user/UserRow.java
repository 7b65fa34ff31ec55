package dev.minilogin.adapters.persistence.user;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.PhoneNumber;
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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    @Nullable byte[] phone,
    @Nullable String phoneTenant,
    @Nullable Long phoneBoundAt,
    @Nullable byte[] nicknameReviewId,
    @Nullable String nicknameReviewState,
    @Nullable String nicknameReviewValue,
    @Nullable byte[] avatarReviewId,
    @Nullable String avatarReviewState,
    @Nullable Long profileClearedAt,
    long createdAt,
    long updatedAt) {

  private static final Logger LOG = LoggerFactory.getLogger(UserRow.class);

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "UserRow[" + Binary.uuid(id) + "]";
  }

  /**
   * The row as a user; the sealer opens the phone number. One that can't be opened counts as none:
   * everything else of the user is as good as before.
   */
  public User toUser(Sealer sealer) {
    return new User(
        new UserId(Binary.uuid(id)),
        User.Status.valueOf(status),
        sessionEpoch,
        profile(),
        reviews(),
        boundPhone(sealer),
        Optional.ofNullable(profileClearedAt).map(Instant::ofEpochMilli),
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(updatedAt));
  }

  /** What the column {@code phone} of this row holds of a number. */
  public byte[] seal(PhoneNumber number, Sealer sealer) {
    return sealer.seal(PhoneText.write(number), PhoneText.place(id));
  }

  private Optional<BoundPhone> boundPhone(Sealer sealer) {
    if (phone == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BoundPhone(
              PhoneText.read(sealer.open(phone, PhoneText.place(id))),
              Instant.ofEpochMilli(phoneBoundAt)));
    } catch (UnsealingFailed e) {
      LOG.warn(
          "the phone number of the user {} can't be opened and counts as none", Binary.uuid(id), e);
      return Optional.empty();
    }
  }

  private Map<ProfileField, FieldReview> reviews() {
    Map<ProfileField, FieldReview> reviews = new EnumMap<>(ProfileField.class);
    if (nicknameReviewId != null) {
      reviews.put(
          ProfileField.NICKNAME,
          review(nicknameReviewId, nicknameReviewState, Optional.ofNullable(nicknameReviewValue)));
    }
    if (avatarReviewId != null) {
      reviews.put(
          ProfileField.AVATAR_URL, review(avatarReviewId, avatarReviewState, Optional.empty()));
    }
    return reviews;
  }

  private static FieldReview review(byte[] id, String state, Optional<String> value) {
    return new FieldReview(Binary.uuid(id), FieldReview.State.valueOf(state), value);
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
