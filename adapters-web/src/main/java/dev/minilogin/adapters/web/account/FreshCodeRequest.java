package dev.minilogin.adapters.web.account;

import dev.minilogin.adapters.web.problem.Problem;
import dev.minilogin.adapters.web.problem.ProblemException;
import dev.minilogin.domain.wechat.LoginCode;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The body of a request that a token alone isn't enough for. */
@Serdeable
@Schema(
    name = "FreshCodeRequest",
    requiredProperties = {"code"})
record FreshCodeRequest(
    @Nullable
        @Schema(
            description = "What wx.login has just given: it proves that the user is there",
            maxLength = 128)
        String code) {
  /**
   * The code.
   *
   * @throws ProblemException if there is none, or it has another form
   */
  LoginCode toCode() {
    if (code == null || !LoginCode.isWellFormed(code)) {
      throw ProblemException.invalid(
          List.of(new Problem.FieldError("code", "must be 1 to 128 letters, digits, _ or -")));
    }
    return new LoginCode(code);
  }

  @Override
  public String toString() {
    return "FreshCodeRequest[masked]";
  }
}
