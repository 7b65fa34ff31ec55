package dev.minilogin.domain.account;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import java.util.Objects;

/** Who wants an account to be erased; WeChat says so in a push ({@code PushEffect}). */
public sealed interface ErasureRequest {
  /**
   * Its user, who has just proven to be there. Whoever is suspended can't get rid of that so.
   *
   * @param appId in which mini program
   */
  record ByUser(AppId appId) implements ErasureRequest {
    public ByUser {
      Objects.requireNonNull(appId, "appId");
    }
  }

  /** An operator. */
  record ByOperator(Actor operator) implements ErasureRequest {
    public ByOperator {
      Objects.requireNonNull(operator, "operator");
    }
  }
}
