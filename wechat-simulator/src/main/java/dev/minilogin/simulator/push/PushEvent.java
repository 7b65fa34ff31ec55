package dev.minilogin.simulator.push;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What WeChat has to tell a mini program's server.
 *
 * @param name the {@code Event}
 * @param user the person concerned, by the simulator's name for them
 * @param createTime the {@code CreateTime}; empty: the time at which the push is made
 * @param fields further fields, in the order in which they are written: texts, numbers, maps and
 *     lists. They take the place of the usual ones of the same name; null leaves such a one out
 */
public record PushEvent(
    String name, Optional<String> user, Optional<Instant> createTime, Map<String, Object> fields) {

  /** The platform cleaned the profile of a user who was risky. */
  public static final String USER_INFO_MODIFIED = "user_info_modified";

  /** A user withdrew what {@code RevokeInfo} names. */
  public static final String USER_AUTHORIZATION_REVOKE = "user_authorization_revoke";

  /** A user closed the WeChat account. */
  public static final String USER_AUTHORIZATION_CANCELLATION = "user_authorization_cancellation";

  /** The verdict on a picture or a sound. */
  public static final String WXA_MEDIA_CHECK = "wxa_media_check";

  public PushEvent {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("event must not be blank");
    }
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** An event of any name that concerns nobody. */
  public static PushEvent of(String name) {
    return new PushEvent(name, Optional.empty(), Optional.empty(), Map.of());
  }

  public static PushEvent userInfoModified(String user) {
    return of(USER_INFO_MODIFIED).withUser(user);
  }

  /**
   * @param revokeInfo what was withdrawn, e.g. {@code 6} for nickname and avatar, {@code 8} for the
   *     phone number
   */
  public static PushEvent userAuthorizationRevoke(String user, String revokeInfo) {
    return of(USER_AUTHORIZATION_REVOKE).withUser(user).with("RevokeInfo", revokeInfo);
  }

  public static PushEvent userAuthorizationCancellation(String user) {
    return of(USER_AUTHORIZATION_CANCELLATION).withUser(user);
  }

  public PushEvent withUser(String somebody) {
    return new PushEvent(name, Optional.of(somebody), createTime, fields);
  }

  /** The same event, made at a given time (of which WeChat tells whole seconds). */
  public PushEvent at(Instant time) {
    return new PushEvent(name, user, Optional.of(time), fields);
  }

  /** With one more field, or with another value of it; null leaves the usual one out. */
  public PushEvent with(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(fields);
    more.put(field, value);
    return new PushEvent(name, user, createTime, more);
  }

  /**
   * Whether the event is about somebody's data: then {@code OpenID} is the person, and {@code
   * FromUserName} is not.
   */
  public boolean isAboutUserData() {
    return name.startsWith("user_authorization_") || name.equals(USER_INFO_MODIFIED);
  }
}
