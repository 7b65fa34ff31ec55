package dev.minilogin.domain.account;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is kept of a person. Secrets that only this server uses are no part of it.
 *
 * @param unionId the person in all mini programs of an Open Platform account
 * @param people who the person is in each mini program, the first one first
 * @param devices the sessions, ended or not, the oldest first
 * @param pending what is under review, the oldest first
 * @param pictures the uploaded pictures that are kept, the oldest first
 */
public record PersonalData(
    User user,
    Optional<UnionId> unionId,
    List<Person> people,
    List<DeviceSession> devices,
    List<Pending> pending,
    List<Upload> pictures) {
  /**
   * Somebody in one mini program, as WeChat vouched for them.
   *
   * @param logins how often they logged in
   * @param risk how much of a risk WeChat took them for, if it was asked
   */
  public record Person(
      AppId appId,
      OpenId openId,
      Optional<UnionId> unionId,
      long logins,
      Instant createdAt,
      Instant lastLoginAt,
      Optional<Identities.Ranked> risk) {
    /** Without what names somebody. */
    @Override
    public String toString() {
      return "Person[" + appId.value() + "]";
    }
  }

  /** A session and the device that it was opened on. */
  public record DeviceSession(
      SessionId id,
      AppId appId,
      Device device,
      Instant createdAt,
      Instant lastSeenAt,
      Instant idleExpiresAt,
      Instant absoluteExpiresAt,
      Optional<Session.Ending> ending) {
    /** Without what the device tells of somebody. */
    @Override
    public String toString() {
      return "DeviceSession[" + id + "]";
    }
  }

  /**
   * A value that nobody else sees yet.
   *
   * @param since when it was put under review
   */
  public record Pending(
      AppId appId, ProfileField field, String value, Profile.Source source, Instant since) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Pending[" + field + "]";
    }
  }

  /** A picture that was uploaded. */
  public record Upload(AvatarKey key, Instant at) {}

  public PersonalData {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(unionId, "unionId");
    people = List.copyOf(people);
    devices = List.copyOf(devices);
    pending = List.copyOf(pending);
    pictures = List.copyOf(pictures);
  }

  /** Without what is known of somebody. */
  @Override
  public String toString() {
    return "PersonalData[" + user.id() + "]";
  }
}
