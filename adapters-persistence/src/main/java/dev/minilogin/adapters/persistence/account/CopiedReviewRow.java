package dev.minilogin.adapters.persistence.account;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** What a row of {@code content_reviews} says of a person. */
@MappedEntity("content_reviews")
record CopiedReviewRow(
    @Id byte[] id, String appId, String field, String value, String source, long createdAt) {

  PersonalData.Pending toPending() {
    return new PersonalData.Pending(
        new AppId(appId),
        ProfileField.valueOf(field),
        value,
        Profile.Source.valueOf(source),
        Instant.ofEpochMilli(createdAt));
  }

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "CopiedReviewRow[" + Binary.uuid(id) + "]";
  }
}
