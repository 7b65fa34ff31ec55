package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.session.LogIn;
import dev.minilogin.domain.identifier.PlainText;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.PhoneCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The body of {@code POST /v1/sessions}. Fields that it doesn't name are ignored. */
@Serdeable
@Schema(
    name = "LogInRequest",
    requiredProperties = {"appId", "code"})
record LogInRequest(
    @Nullable @Schema(description = "The mini program's appid", example = "wx1111aaaa2222bbbb")
        String appId,
    @Nullable
        @Schema(
            description = "What wx.login gave: good for five minutes and one login",
            maxLength = 128)
        String code,
    @Nullable
        @Schema(
            description = "What the phone-number button gave: binds the number in the same call",
            maxLength = 256)
        String phoneCode,
    @Nullable @Schema(description = "What the client says of itself") Client client) {
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

  /** What a client says of itself. */
  @Serdeable
  @Schema(name = "Client")
  record Client(
      @Nullable @Schema(description = "The same for every login of one install", maxLength = 64)
          String installId,
      @Nullable @Schema(description = "develop, trial or release") String envVersion,
      @Nullable @Schema(description = "The mini program's version", maxLength = 32) String version,
      @Nullable @Schema(description = "ios, android, devtools…", maxLength = 32) String platform,
      @Nullable @Schema(description = "The device's model", maxLength = 64) String model,
      @Nullable @Schema(description = "WeChat's scene value, where the user came from")
          Integer scene) {
    /** Without the install's name, which is the same wherever this person logs in. */
    @Override
    public String toString() {
      return "Client[" + platform + ", " + version + "]";
    }
  }

  /**
   * What is asked for.
   *
   * @throws ProblemException with all that is wrong with the request
   */
  LogIn.Command toCommand(Optional<String> idempotencyKey, Optional<String> clientAddress) {
    List<Problem.FieldError> errors = new ArrayList<>();
    require(
        errors,
        appId != null && AppId.isWellFormed(appId),
        "appId",
        "must be 1 to 64 letters, digits, _ or -");
    require(
        errors,
        code != null && LoginCode.isWellFormed(code),
        "code",
        "must be 1 to 128 letters, digits, _ or -");
    require(
        errors,
        phoneCode == null || PhoneCode.isWellFormed(phoneCode),
        "phoneCode",
        "must be 1 to 256 letters, digits, _ or -");
    require(
        errors,
        idempotencyKey.isEmpty() || IDEMPOTENCY_KEY.matcher(idempotencyKey.get()).matches(),
        "Idempotency-Key",
        "must be 1 to 128 letters, digits, ., _, ~ or -");
    if (client != null) {
      requirePlain(errors, client.installId, 64, "client.installId");
      requirePlain(errors, client.version, 32, "client.version");
      requirePlain(errors, client.platform, 32, "client.platform");
      requirePlain(errors, client.model, 64, "client.model");
      require(
          errors,
          client.envVersion == null || envVersion(client.envVersion).isPresent(),
          "client.envVersion",
          "must be develop, trial or release");
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new LogIn.Command(
        new AppId(appId), new LoginCode(code), idempotencyKey, device(), clientAddress);
  }

  /** The phone code, once {@link #toCommand} has found the request valid. */
  Optional<PhoneCode> toPhoneCode() {
    return Optional.ofNullable(phoneCode).map(PhoneCode::new);
  }

  @Override
  public String toString() {
    return "LogInRequest[" + appId + "]";
  }

  private Device device() {
    return client == null
        ? Device.UNKNOWN
        : new Device(
            text(client.installId).map(InstallHash::of),
            text(client.model),
            text(client.platform),
            text(client.envVersion).flatMap(LogInRequest::envVersion),
            text(client.version),
            Optional.ofNullable(client.scene).map(String::valueOf));
  }

  private static Optional<String> text(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  private static Optional<EnvVersion> envVersion(String text) {
    for (EnvVersion version : EnvVersion.values()) {
      if (version.name().toLowerCase(Locale.ROOT).equals(text)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  private static void requirePlain(
      List<Problem.FieldError> errors, @Nullable String value, int longest, String field) {
    Optional.ofNullable(value)
        .flatMap(text -> PlainText.objectionTo(text, longest))
        .ifPresent(objection -> errors.add(new Problem.FieldError(field, objection)));
  }

  private static void require(
      List<Problem.FieldError> errors, boolean condition, String field, String message) {
    if (!condition) {
      errors.add(new Problem.FieldError(field, message));
    }
  }
}
