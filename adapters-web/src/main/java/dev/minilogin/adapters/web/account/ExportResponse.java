package dev.minilogin.adapters.web.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.minilogin.application.account.ExportAccount;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.FieldReview;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.UnionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * All that is kept of a user. What isn't known is null.
 *
 * @param exportedAt when the copy was made
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(
    name = "Export",
    requiredProperties = {
      "exportedAt",
      "user",
      "profile",
      "phone",
      "reviews",
      "identities",
      "sessions",
      "pictures",
      "events"
    })
record ExportResponse(
    Instant exportedAt,
    Account user,
    @Schema(description = "What is known of the person, and of each thing who told it and when")
        List<Known> profile,
    @Nullable @Schema(nullable = true) Phone phone,
    @Schema(description = "New values that others don't see (yet)") List<Review> reviews,
    @Schema(description = "Who the person is in each mini program") List<Identity> identities,
    @Schema(description = "The sessions, ended or not, and their devices")
        List<DeviceSession> sessions,
    @Schema(description = "The uploaded pictures that are kept") List<Picture> pictures,
    @Schema(description = "What happened to the account, as the audit log has it")
        List<Event> events) {

  /** The account itself. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedAccount",
      requiredProperties = {
        "id",
        "unionid",
        "status",
        "createdAt",
        "updatedAt",
        "profileClearedAt"
      })
  record Account(
      String id,
      @Nullable
          @Schema(
              nullable = true,
              description = "The person in all mini programs of one Open Platform account")
          String unionid,
      @Schema(allowableValues = {"active", "suspended"}) String status,
      Instant createdAt,
      Instant updatedAt,
      @Nullable
          @Schema(
              nullable = true,
              description =
                  "When nickname and avatar were cleared because WeChat had cleaned them at its"
                      + " side")
          Instant profileClearedAt) {
    /** Without what names somebody. */
    @Override
    public String toString() {
      return "Account[" + id + "]";
    }
  }

  /** A known field of the profile. */
  @Serdeable
  @Schema(
      name = "ExportedField",
      requiredProperties = {"field", "value", "source", "since"})
  record Known(
      String field,
      String value,
      @Schema(allowableValues = {"user", "wechat", "operator"}) String source,
      Instant since) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Known[" + field + "]";
    }
  }

  /** The phone number. */
  @Serdeable
  @Schema(
      name = "ExportedPhone",
      requiredProperties = {"number", "boundAt"})
  record Phone(
      @Schema(description = "Masked, 135******66; or +8613580006666 with a fresh code")
          String number,
      Instant boundAt) {
    /** Without the number. */
    @Override
    public String toString() {
      return "Phone[masked]";
    }
  }

  /** A value of the profile that was not shown to others. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedReview",
      requiredProperties = {"field", "state", "value", "appId", "source", "since"})
  record Review(
      String field,
      @Schema(allowableValues = {"in-review", "refused"}) String state,
      @Nullable
          @Schema(
              nullable = true,
              description = "Null once it was refused; the address of a picture is told to nobody")
          String value,
      @Nullable @Schema(nullable = true, description = "Null once it was refused") String appId,
      @Nullable
          @Schema(
              nullable = true,
              allowableValues = {"user", "wechat", "operator"})
          String source,
      @Nullable @Schema(nullable = true) Instant since) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Review[" + field + "]";
    }
  }

  /** The person in one mini program. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedIdentity",
      requiredProperties = {
        "appId",
        "openid",
        "unionid",
        "logins",
        "createdAt",
        "lastLoginAt",
        "risk"
      })
  record Identity(
      String appId,
      String openid,
      @Nullable @Schema(nullable = true) String unionid,
      long logins,
      Instant createdAt,
      Instant lastLoginAt,
      @Nullable @Schema(nullable = true) Risk risk) {
    /** Without what names somebody. */
    @Override
    public String toString() {
      return "Identity[" + appId + "]";
    }
  }

  /** How much of a risk WeChat took the person for. */
  @Serdeable
  @Schema(
      name = "ExportedRisk",
      requiredProperties = {"rank", "flagged", "at"})
  record Risk(
      @Schema(description = "WeChat's risk_rank: 0 to 4") int rank,
      @Schema(description = "Whether the mini program makes something of it") boolean flagged,
      Instant at) {}

  /** A session and its device. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedSession",
      requiredProperties = {
        "id",
        "appId",
        "installHash",
        "device",
        "platform",
        "envVersion",
        "version",
        "scene",
        "createdAt",
        "lastSeenAt",
        "idleExpiresAt",
        "expiresAt",
        "endedAt",
        "endReason"
      })
  record DeviceSession(
      String id,
      String appId,
      @Nullable @Schema(nullable = true, description = "SHA-256 of what the client called itself")
          String installHash,
      @Nullable @Schema(nullable = true) String device,
      @Nullable @Schema(nullable = true) String platform,
      @Nullable @Schema(nullable = true) String envVersion,
      @Nullable @Schema(nullable = true) String version,
      @Nullable @Schema(nullable = true) String scene,
      Instant createdAt,
      Instant lastSeenAt,
      Instant idleExpiresAt,
      Instant expiresAt,
      @Nullable @Schema(nullable = true) Instant endedAt,
      @Nullable @Schema(nullable = true) String endReason) {
    /** Without what the device tells of somebody. */
    @Override
    public String toString() {
      return "DeviceSession[" + id + "]";
    }
  }

  /** A picture. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedPicture",
      requiredProperties = {"addedAt", "url"})
  record Picture(
      Instant addedAt,
      @Nullable @Schema(nullable = true, description = "Null while the profile doesn't show it")
          String url) {}

  /** Something that happened. */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(
      name = "ExportedEvent",
      requiredProperties = {"at", "kind", "actor", "appId", "sessionId", "details"})
  record Event(
      Instant at,
      @Schema(description = "login, account-exported, …") String kind,
      @Schema(allowableValues = {"user", "operator", "wechat", "system"}) String actor,
      @Nullable @Schema(nullable = true) String appId,
      @Nullable @Schema(nullable = true) String sessionId,
      List<Detail> details) {}

  /** What else is known of an event. */
  @Serdeable
  @Schema(
      name = "ExportedDetail",
      requiredProperties = {"name", "value"})
  record Detail(String name, String value) {}

  /**
   * The copy.
   *
   * @param address makes an address of a profile's {@code avatarUrl}
   */
  static ExportResponse of(ExportAccount.Exported exported, UnaryOperator<String> address) {
    PersonalData data = exported.data();
    User user = data.user();
    return new ExportResponse(
        exported.at(),
        new Account(
            user.id().toString(),
            data.unionId().map(UnionId::value).orElse(null),
            word(user.status()),
            user.createdAt(),
            user.updatedAt(),
            user.profileClearedAt().orElse(null)),
        user.profile().known().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(known -> known(known.getKey(), known.getValue(), address))
            .toList(),
        user.phone().map(phone -> phone(phone, exported.phoneShown())).orElse(null),
        user.reviews().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(review -> review(review.getKey(), review.getValue(), data))
            .toList(),
        data.people().stream().map(ExportResponse::identity).toList(),
        data.devices().stream().map(ExportResponse::session).toList(),
        data.pictures().stream().map(picture -> picture(picture, user, address)).toList(),
        exported.events().stream().map(ExportResponse::event).toList());
  }

  private static Known known(
      ProfileField field, Profile.Known known, UnaryOperator<String> address) {
    String value = field == ProfileField.AVATAR_URL ? address.apply(known.value()) : known.value();
    return new Known(field.key(), value, word(known.source()), known.since());
  }

  private static Phone phone(BoundPhone phone, boolean shown) {
    return new Phone(shown ? phone.number().reveal() : phone.number().display(), phone.at());
  }

  private static Review review(ProfileField field, FieldReview review, PersonalData data) {
    PersonalData.Pending pending =
        data.pending().stream().filter(one -> one.field() == field).findFirst().orElse(null);
    return new Review(
        field.key(),
        word(review.state()),
        review.value().orElse(null),
        pending == null ? null : pending.appId().value(),
        pending == null ? null : word(pending.source()),
        pending == null ? null : pending.since());
  }

  private static Identity identity(PersonalData.Person person) {
    return new Identity(
        person.appId().value(),
        person.openId().value(),
        person.unionId().map(UnionId::value).orElse(null),
        person.logins(),
        person.createdAt(),
        person.lastLoginAt(),
        person.risk().map(ExportResponse::risk).orElse(null));
  }

  private static Risk risk(Identities.Ranked ranked) {
    return new Risk(ranked.rank(), ranked.flagged(), ranked.at());
  }

  private static DeviceSession session(PersonalData.DeviceSession session) {
    return new DeviceSession(
        session.id().toString(),
        session.appId().value(),
        session.device().install().map(InstallHash::hex).orElse(null),
        session.device().model().orElse(null),
        session.device().platform().orElse(null),
        session.device().envVersion().map(ExportResponse::word).orElse(null),
        session.device().version().orElse(null),
        session.device().scene().orElse(null),
        session.createdAt(),
        session.lastSeenAt(),
        session.idleExpiresAt(),
        session.absoluteExpiresAt(),
        session.ending().map(Session.Ending::at).orElse(null),
        session.ending().map(Session.Ending::reason).map(ExportResponse::word).orElse(null));
  }

  private static Picture picture(
      PersonalData.Upload picture, User user, UnaryOperator<String> address) {
    boolean shown =
        user.profile()
            .value(ProfileField.AVATAR_URL)
            .filter(picture.key().path()::equals)
            .isPresent();
    return new Picture(picture.at(), shown ? address.apply(picture.key().path()) : null);
  }

  /** Without the name of an operator, who is somebody else. */
  private static Event event(AuditEvent event) {
    return new Event(
        event.at(),
        word(event.kind()),
        word(event.actor().kind()),
        event.app().map(AppId::value).orElse(null),
        event.session().map(SessionId::toString).orElse(null),
        event.details().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(detail -> new Detail(detail.getKey(), detail.getValue()))
            .toList());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Without what is known of somebody. */
  @Override
  public String toString() {
    return "ExportResponse[" + user.id() + "]";
  }
}
