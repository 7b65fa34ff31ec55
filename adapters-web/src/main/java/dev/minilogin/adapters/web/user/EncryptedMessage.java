package dev.minilogin.adapters.web.user;

import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.application.user.OpenMessage;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.wechat.EncryptedData;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** A message of the encrypted channel. */
@Serdeable
@Schema(
    name = "EncryptedMessage",
    requiredProperties = {"version", "data"})
record EncryptedMessage(
    @Nullable @Schema(description = "The version of the key that it was encrypted with")
        Long version,
    @Nullable @Schema(description = "Base64 of the ciphertext: AES-128-CBC, PKCS #7") String data) {
  /**
   * What is asked for.
   *
   * @throws ProblemException with all that is wrong with the request
   */
  OpenMessage.Command toCommand(Session session) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (version == null) {
      errors.add(new Problem.FieldError("version", "is missing"));
    }
    if (data == null || !EncryptedData.isDataWellFormed(data)) {
      errors.add(new Problem.FieldError("data", OpenDataRequest.BASE64));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new OpenMessage.Command(session, version, data);
  }

  @Override
  public String toString() {
    return "EncryptedMessage[" + version + "]";
  }
}
