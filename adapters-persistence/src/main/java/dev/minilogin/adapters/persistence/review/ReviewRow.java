package dev.minilogin.adapters.persistence.review;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.util.Optional;

/** A row of {@code content_reviews}. */
@MappedEntity("content_reviews")
record ReviewRow(
    @Id byte[] id,
    byte[] userId,
    String appId,
    String openid,
    String field,
    String value,
    String source,
    int tries,
    @Nullable String trace,
    @Nullable Long nextTryAt) {

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "ReviewRow[" + Binary.uuid(id) + "]";
  }

  Review toReview() {
    return new Review(
        Binary.uuid(id),
        new UserId(Binary.uuid(userId)),
        new AppId(appId),
        new OpenId(openid),
        ProfileField.valueOf(field),
        value,
        tries,
        Optional.ofNullable(trace).map(TraceId::new));
  }
}
