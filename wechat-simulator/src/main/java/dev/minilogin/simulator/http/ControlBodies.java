package dev.minilogin.simulator.http;

import dev.minilogin.simulator.fault.ActiveFault;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.AppSecret;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.wire.Masking;
import java.time.Duration;
import java.util.Optional;

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

  record NewApp(String appId, String appSecret, String openPlatform, Boolean enabled) {

    App toApp() {
      return new App(
          appId,
          new AppSecret(appSecret),
          Optional.ofNullable(openPlatform),
          !Boolean.FALSE.equals(enabled));
    }

    @Override
    public String toString() {
      return "NewApp[" + appId + "]";
    }
  }

  record AppView(String appId, String openPlatform, boolean enabled) {

    static AppView of(App app) {
      return new AppView(app.appId(), app.openPlatform().orElse(null), app.enabled());
    }
  }

  record UserBody(String user, Boolean blocked) {

    User toUser() {
      return new User(user, Boolean.TRUE.equals(blocked));
    }

    static UserBody of(User user) {
      return new UserBody(user.name(), user.blocked());
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
              .orElseThrow(
                  () ->
                      Refusal.badRequest("api must be jscode2session, token, stable_token or *")));
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
      Boolean rejectChunked, Long codeLifetimeSeconds, Long sessionKeyMinPeriodSeconds) {

    static SettingsBody of(Settings settings) {
      return new SettingsBody(
          settings.rejectChunked(),
          settings.codeLifetime().toSeconds(),
          settings.sessionKeyMinPeriod().toSeconds());
    }

    /** The settings with those changed that are given. */
    Settings changing(Settings settings) {
      return new Settings(
          rejectChunked == null ? settings.rejectChunked() : rejectChunked,
          codeLifetimeSeconds == null
              ? settings.codeLifetime()
              : Duration.ofSeconds(codeLifetimeSeconds),
          sessionKeyMinPeriodSeconds == null
              ? settings.sessionKeyMinPeriod()
              : Duration.ofSeconds(sessionKeyMinPeriodSeconds));
    }
  }
}
