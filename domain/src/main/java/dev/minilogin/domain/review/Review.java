package dev.minilogin.domain.review;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A new value of a profile field that must be looked at before it is shown.
 *
 * @param id a UUID version 7, made by us
 * @param userId whose profile it is for
 * @param appId in which mini program it was given: its policy counts
 * @param openId who the user is there
 * @param field {@link ProfileField#NICKNAME} or {@link ProfileField#AVATAR_URL}
 * @param value the new value
 * @param tries how often a worker took it up before
 * @param trace under which WeChat will push the result; empty as long as it hasn't taken the
 *     picture
 */
public record Review(
    UUID id,
    UserId userId,
    AppId appId,
    OpenId openId,
    ProfileField field,
    String value,
    int tries,
    Optional<TraceId> trace) {
  /**
   * @throws IllegalArgumentException if the field is none that is reviewed
   */
  public Review {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(openId, "openId");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(trace, "trace");
    if (field != ProfileField.NICKNAME && field != ProfileField.AVATAR_URL) {
      throw new IllegalArgumentException("only nickname and avatarUrl are reviewed");
    }
  }

  /** Without the value, which is personal data. */
  @Override
  public String toString() {
    return "Review[" + id + ", " + field + "]";
  }
}
