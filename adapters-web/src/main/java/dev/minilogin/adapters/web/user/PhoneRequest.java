package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.BindPhone;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.PhoneCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** The body of {@code POST /v1/me/phone}: a code, or encrypted data and its iv. */
@Serdeable
@Schema(name = "PhoneRequest")
record PhoneRequest(
    @Nullable
        @Schema(
            description = "What the phone-number button gave: good for five minutes and once",
            maxLength = 256)
        String code,
    @Nullable @Schema(description = "Base64, from clients that get no code") String encryptedData,
    @Nullable @Schema(description = "Base64, from clients that get no code") String iv,
    @Nullable
        @Schema(
            description =
                "Whether the number is taken away from another account that has it (phone-taken)")
        Boolean move) {
  /**
   * What is asked for.
   *
   * @throws ProblemException with all that is wrong with the request
   */
  BindPhone.Command toCommand(Session session) {
    List<Problem.FieldError> errors = new ArrayList<>();
    boolean encrypted = encryptedData != null || iv != null;
    if (encrypted == (code != null)) {
      errors.add(new Problem.FieldError("body", "must have either code, or encryptedData and iv"));
    } else if (encrypted) {
      if (encryptedData == null || !EncryptedData.isDataWellFormed(encryptedData)) {
        errors.add(new Problem.FieldError("encryptedData", OpenDataRequest.BASE64));
      }
      if (iv == null || !EncryptedData.isIvWellFormed(iv)) {
        errors.add(new Problem.FieldError("iv", OpenDataRequest.IV));
      }
    } else if (!PhoneCode.isWellFormed(code)) {
      errors.add(new Problem.FieldError("code", "must be 1 to 256 letters, digits, _ or -"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    BindPhone.Proof proof =
        encrypted
            ? new BindPhone.ByEncryptedData(new EncryptedData(encryptedData, iv))
            : new BindPhone.ByCode(new PhoneCode(code));
    return new BindPhone.Command(session, true, proof, Boolean.TRUE.equals(move));
  }

  @Override
  public String toString() {
    return "PhoneRequest[masked]";
  }
}
