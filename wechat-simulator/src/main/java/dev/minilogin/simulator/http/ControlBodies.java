package dev.minilogin.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.fault.ActiveFault;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.AppSecret;
import dev.minilogin.simulator.platform.PendingCode;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.Quota;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.Suggest;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.push.PushAnswer;
import dev.minilogin.simulator.push.PushDelivery;
import dev.minilogin.simulator.push.PushEvent;
import dev.minilogin.simulator.wire.Masking;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The JSON objects of the control API, as they come and as they go; an absent field is null. */
final class ControlBodies {

  private ControlBodies() {}

  /** The value of a field that a body must have. */
  static <T> T required(T value, String field) {
    if (value == null) {
      throw Refusal.badRequest(field + " is missing");
    }
    return value;
  }

  record NewApp(
      String appId, String appSecret, String openPlatform, Boolean enabled, PushSettings push) {

    App toApp() {
      App app =
          new App(
              appId,
              new AppSecret(appSecret),
              Optional.ofNullable(openPlatform),
              !Boolean.FALSE.equals(enabled));
      return push == null ? app : app.withPush(push.toTarget(app.appId()));
    }

    @Override
    public String toString() {
      return "NewApp[" + appId + "]";
    }
  }

  record AppView(String appId, String openPlatform, boolean enabled, PushView push) {

    static AppView of(App app) {
      return new AppView(
          app.appId(),
          app.openPlatform().orElse(null),
          app.enabled(),
          app.push().map(PushView::of).orElse(null));
    }
  }

  /** Where an app's pushes go; {@code mode} and {@code format} in any case. */
  record PushSettings(
      String url,
      String token,
      String encodingAesKey,
      String mode,
      String format,
      String originalId) {

    /** Without an originalId the app gets one that depends on nothing but the appId. */
    PushTarget toTarget(String appId) {
      return new PushTarget(
          uri(required(url, "url")),
          token,
          Optional.ofNullable(encodingAesKey),
          constant(PushMode.class, required(mode, "mode"), "mode"),
          constant(PushFormat.class, required(format, "format"), "format"),
          originalId == null ? "gh_%08x".formatted(appId.hashCode()) : originalId);
    }

    private static URI uri(String url) {
      try {
        return new URI(url);
      } catch (URISyntaxException e) {
        throw Refusal.badRequest("url must be a URL");
      }
    }

    @Override
    public String toString() {
      return "PushSettings[mode=" + mode + ", format=" + format + "]";
    }
  }

  /** Push settings without their secrets. */
  record PushView(String url, String mode, String format, String originalId) {

    static PushView of(PushTarget target) {
      return new PushView(
          target.url().toString(),
          target.mode().name().toLowerCase(Locale.ROOT),
          target.format().name().toLowerCase(Locale.ROOT),
          target.originalId());
    }
  }

  /**
   * A user as they are to be; what is absent stays as it is.
   *
   * @param visited true: the user has just been in every app; false: in none of late
   */
  record UserBody(
      String user,
      Boolean blocked,
      String phone,
      String countryCode,
      Integer riskRank,
      Boolean visited) {

    User changing(User known) {
      return new User(
          known.name(),
          blocked == null ? known.blocked() : blocked,
          Optional.ofNullable(phone).or(known::phone),
          countryCode == null ? known.countryCode() : countryCode,
          riskRank == null ? known.riskRank() : riskRank);
    }

    @Override
    public String toString() {
      return "UserBody[" + user + "]";
    }
  }

  /**
   * @param phone the number that was set, all but its ends masked; absent if it is the one that
   *     comes from the name
   */
  record UserView(String user, boolean blocked, String phone, String countryCode, int riskRank) {

    private static final int SHOWN_AT_START = 3;
    private static final int SHOWN_AT_END = 2;

    static UserView of(User user) {
      return new UserView(
          user.name(),
          user.blocked(),
          user.phone().map(UserView::masked).orElse(null),
          user.countryCode(),
          user.riskRank());
    }

    private static String masked(String phone) {
      int hidden = phone.length() - SHOWN_AT_START - SHOWN_AT_END;
      return hidden < SHOWN_AT_START
          ? "*".repeat(phone.length())
          : phone.substring(0, SHOWN_AT_START)
              + "*".repeat(hidden)
              + phone.substring(phone.length() - SHOWN_AT_END);
    }
  }

  /** Both must be there. */
  record AppUser(String appId, String user) {

    @Override
    public String appId() {
      return required(appId, "appId");
    }

    @Override
    public String user() {
      return required(user, "user");
    }
  }

  record Code(String code) {
    @Override
    public String toString() {
      return "Code[masked]";
    }
  }

  record FaultBody(
      String id,
      String api,
      String appId,
      Integer errcode,
      String errmsg,
      Long latencyMillis,
      Boolean hang,
      Boolean cut,
      Integer httpStatus,
      String body,
      Integer times) {

    Fault toFault() {
      return new Fault(
          target(),
          Optional.ofNullable(appId),
          Optional.ofNullable(errcode),
          Optional.ofNullable(errmsg),
          Duration.ofMillis(latencyMillis == null ? 0 : latencyMillis),
          Boolean.TRUE.equals(hang),
          Boolean.TRUE.equals(cut),
          Optional.ofNullable(httpStatus),
          Optional.ofNullable(body),
          Optional.ofNullable(times));
    }

    private Optional<Api> target() {
      if ("*".equals(api)) {
        return Optional.empty();
      }
      return Optional.of(
          Api.ofSimpleName(api)
              .orElseThrow(() -> Refusal.badRequest("api must be * or one of " + apis())));
    }

    /** The fault as it is listed, with the times that are left and secrets in its body masked. */
    static FaultBody of(ActiveFault active) {
      Fault fault = active.fault();
      return new FaultBody(
          active.id(),
          fault.api().map(Api::simpleName).orElse("*"),
          fault.appId().orElse(null),
          fault.errcode().orElse(null),
          fault.errmsg().map(Masking::body).orElse(null),
          fault.latency().isZero() ? null : fault.latency().toMillis(),
          fault.hang() ? true : null,
          fault.cut() ? true : null,
          fault.httpStatus().orElse(null),
          fault.body().map(Masking::body).orElse(null),
          active.timesLeft().orElse(null));
    }
  }

  record FaultId(String id) {}

  record Now(String now) {}

  record Advance(Long advanceSeconds) {

    private static final long TEN_YEARS = Duration.ofDays(3650).toSeconds();

    Duration duration() {
      long seconds = required(advanceSeconds, "advanceSeconds");
      if (seconds > TEN_YEARS || seconds < -TEN_YEARS) {
        throw new IllegalArgumentException("advanceSeconds must be at most ten years");
      }
      return Duration.ofSeconds(seconds);
    }
  }

  record SettingsBody(
      Boolean rejectChunked,
      Long codeLifetimeSeconds,
      Long sessionKeyMinPeriodSeconds,
      Long mediaCheckDelayMillis,
      Boolean pushBeforeAnswer,
      Boolean phoneQuotaExhausted,
      Long pushTimeoutMillis,
      Long pushRetryPauseMillis) {

    static SettingsBody of(Settings settings) {
      return new SettingsBody(
          settings.rejectChunked(),
          settings.codeLifetime().toSeconds(),
          settings.sessionKeyMinPeriod().toSeconds(),
          settings.mediaCheckDelay().toMillis(),
          settings.pushBeforeAnswer(),
          settings.phoneQuotaExhausted(),
          settings.pushTimeout().toMillis(),
          settings.pushRetryPause().toMillis());
    }

    /** The settings with those changed that are given. */
    Settings changing(Settings settings) {
      return new Settings(
          or(rejectChunked, settings.rejectChunked()),
          seconds(codeLifetimeSeconds, settings.codeLifetime()),
          seconds(sessionKeyMinPeriodSeconds, settings.sessionKeyMinPeriod()),
          millis(mediaCheckDelayMillis, settings.mediaCheckDelay()),
          or(pushBeforeAnswer, settings.pushBeforeAnswer()),
          or(phoneQuotaExhausted, settings.phoneQuotaExhausted()),
          millis(pushTimeoutMillis, settings.pushTimeout()),
          millis(pushRetryPauseMillis, settings.pushRetryPause()));
    }

    private static boolean or(Boolean given, boolean present) {
      return given == null ? present : given;
    }

    private static Duration seconds(Long given, Duration present) {
      return given == null ? present : Duration.ofSeconds(given);
    }

    private static Duration millis(Long given, Duration present) {
      return given == null ? present : Duration.ofMillis(given);
    }
  }

  /** The app must be there. */
  record AppOnly(String appId) {

    @Override
    public String appId() {
      return required(appId, "appId");
    }
  }

  /** New push settings of an app that is there already; without {@code push} it has none. */
  record AppPush(String appId, PushSettings push) {

    @Override
    public String appId() {
      return required(appId, "appId");
    }
  }

  record OpenDataBody(String appId, String user, ObjectNode data) {

    @Override
    public String toString() {
      return "OpenDataBody[" + appId + "]";
    }
  }

  record MediaVerdict(String appId, String suggest) {

    Suggest toSuggest() {
      return Suggest.ofText(required(suggest, "suggest"))
          .orElseThrow(() -> Refusal.badRequest("suggest must be pass, review or risky"));
    }
  }

  /** How often an API may be called by an app; an absent number is no limit. */
  record QuotaBody(String api, Integer perMinute, Integer perDay) {

    Api toApi() {
      return Api.ofSimpleName(required(api, "api"))
          .orElseThrow(() -> Refusal.badRequest("api must be one of " + apis()));
    }

    static QuotaBody of(Api api, Quota quota) {
      return new QuotaBody(
          api.simpleName(), quota.perMinute().orElse(null), quota.perDay().orElse(null));
    }

    Quota toQuota() {
      return new Quota(Optional.ofNullable(perMinute), Optional.ofNullable(perDay));
    }
  }

  /**
   * @param event the {@code Event}, of any name
   * @param createTime the message's time in Unix seconds; absent: that of the push
   * @param timestamp the query's time in Unix seconds, for an envelope only; absent: now
   */
  record PushBody(
      String appId,
      String event,
      String user,
      String revokeInfo,
      Map<String, Object> fields,
      Long createTime,
      Long timestamp) {

    PushEvent toEvent() {
      PushEvent pushed =
          new PushEvent(
              event,
              Optional.ofNullable(user),
              Optional.ofNullable(createTime).map(Instant::ofEpochSecond),
              Map.of());
      if (revokeInfo != null) {
        pushed = pushed.with("RevokeInfo", revokeInfo);
      }
      if (fields != null) {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
          pushed = pushed.with(field.getKey(), field.getValue());
        }
      }
      return pushed;
    }
  }

  /** What came of a push; the answers of the server under test with their secrets masked. */
  record DeliveryView(int attempts, boolean accepted, List<AnswerView> answers) {

    static DeliveryView of(PushDelivery delivery) {
      return new DeliveryView(
          delivery.attempts(),
          delivery.accepted(),
          delivery.answers().stream().map(AnswerView::of).toList());
    }
  }

  record AnswerView(int status, String body, String failure) {

    static AnswerView of(PushAnswer answer) {
      return new AnswerView(
          answer.status(), Masking.body(answer.body()), answer.failure().orElse(null));
    }
  }

  record EnvelopeView(String url, String contentType, String body) {

    @Override
    public String toString() {
      return "EnvelopeView[masked]";
    }
  }

  /** Whether a user has a valid session_key in an app; which, nobody is told. */
  record SessionKeyView(String appId, String user, boolean valid) {}

  /**
   * @param code masked as in the wire log
   * @param expiresAt ISO-8601 UTC
   */
  record PendingCodeView(String kind, String appId, String user, String code, String expiresAt) {

    static PendingCodeView of(PendingCode pending) {
      return new PendingCodeView(
          pending.kind(),
          pending.appId(),
          pending.user(),
          Masking.value(pending.code()),
          pending.expiresAt().toString());
    }
  }

  record Calls(String api, long calls) {}

  private static String apis() {
    return Arrays.stream(Api.values()).map(Api::simpleName).collect(Collectors.joining(", "));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name, String field) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    field
                        + " must be one of "
                        + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT)));
  }
}
