package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.authentication.Caller;
import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.ReadOpenData;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.SignedData;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of {@code POST /v1/me/open-data}. */
@Serdeable
@Schema(
    name = "OpenDataRequest",
    requiredProperties = {"encryptedData", "iv"})
record OpenDataRequest(
    @Nullable @Schema(description = "Byte for byte as WeChat gave it; comes with its signature")
        String rawData,
    @Nullable @Schema(description = "sha1 of rawData and session_key, as WeChat gave it")
        String signature,
    @Nullable @Schema(description = "Base64, as WeChat gave it") String encryptedData,
    @Nullable @Schema(description = "Base64, as WeChat gave it") String iv) {
  static final String BASE64 = "must be base64, of 16 KiB at most";
  static final String IV = "must be base64 of 16 bytes";

  /**
   * What is asked for.
   *
   * @throws ProblemException with all that is wrong with the request
   */
  ReadOpenData.Command toCommand(Caller caller, CurrentUser currentUser) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (encryptedData == null || !EncryptedData.isDataWellFormed(encryptedData)) {
      errors.add(new Problem.FieldError("encryptedData", BASE64));
    }
    if (iv == null || !EncryptedData.isIvWellFormed(iv)) {
      errors.add(new Problem.FieldError("iv", IV));
    }
    if ((rawData == null) != (signature == null)) {
      errors.add(
          new Problem.FieldError(
              rawData == null ? "rawData" : "signature", "rawData and signature come together"));
    }
    if (signature != null && !signature.matches("[0-9A-Fa-f]{40}")) {
      errors.add(new Problem.FieldError("signature", "must be 40 hexadecimal digits"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new ReadOpenData.Command(
        caller.session(),
        currentUser.of(caller),
        new EncryptedData(encryptedData, iv),
        Optional.ofNullable(rawData).map(raw -> new SignedData(raw, signature)));
  }

  @Override
  public String toString() {
    return "OpenDataRequest[masked]";
  }
}
