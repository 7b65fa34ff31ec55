package dev.minilogin.domain.session;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A login that WeChat has vouched for, ready to be recorded.
 *
 * @param claim the claim under which the code was exchanged
 * @param app the mini program
 * @param identity the person, in WeChat's words
 * @param newUserId the user's id, if this person is new here
 * @param sessionId the new session's handle
 * @param token the new session's token
 * @param device what the client says of itself
 * @param resendKey under which the answer may be had again; empty if the client asked for no such
 *     thing
 * @param at the time of the login, with millisecond precision
 */
public record NewLogin(
    LoginClaim claim,
    MiniProgram app,
    WeChatIdentity identity,
    UserId newUserId,
    SessionId sessionId,
    SessionToken token,
    Device device,
    Optional<ResendKey> resendKey,
    Instant at) {
  public NewLogin {
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(app, "app");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(newUserId, "newUserId");
    Objects.requireNonNull(sessionId, "sessionId");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(device, "device");
    Objects.requireNonNull(resendKey, "resendKey");
    Objects.requireNonNull(at, "at");
  }

  /**
   * The session that this login opens.
   *
   * @param user whom the identity belongs to
   * @param family what {@link Succession} says
   */
  public Session sessionOf(User user, SessionId family) {
    return Session.open(sessionId, family, user, app.appId(), device, at, app.lifetimes());
  }
}
