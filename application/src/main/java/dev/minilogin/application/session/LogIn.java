package dev.minilogin.application.session;

import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Logs a user in with a code from {@code wx.login}.
 *
 * <p>However often and to however many instances a code is sent, it is exchanged at WeChat once.
 * With the same idempotency key, all get the same session and token for {@link ResendKey#LIFETIME};
 * without one, all but the first are told that the code is used. No transaction is open while
 * WeChat is asked.
 */
public final class LogIn {
  /** Longer than an exchange may take in all, so that a duplicate sees its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final MiniPrograms miniPrograms;
  private final CodeExchange codeExchange;
  private final Logins logins;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param clock with millisecond precision
   * @param random makes tokens and identifiers
   */
  public LogIn(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.codeExchange = codeExchange;
    this.logins = logins;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What a client asks for.
   *
   * @param idempotencyKey makes the request safe to send again; at least one character
   */
  public record Command(
      AppId appId, LoginCode code, Optional<String> idempotencyKey, Device device) {}

  /** What came of it. */
  public sealed interface Result {}

  /**
   * The user is in.
   *
   * @param login the session, its token and its user
   * @param at the moment that its lifetimes are to be counted from
   */
  public record LoggedIn(Logins.Recorded login, Instant at) implements Result {}

  /** This server doesn't know the mini program. */
  public record AppUnknown() implements Result {}

  /** The operator disabled the mini program. */
  public record AppDisabled() implements Result {}

  /** The code was sent before, and this request may not have the answer again. */
  public record CodeSentBefore() implements Result {}

  /** The account is locked: WeChat knows the person, but this server lets nobody in. */
  public record UserSuspended() implements Result {}

  /**
   * WeChat gave no identity.
   *
   * @param retryAfter when to try again at the earliest; empty if waiting doesn't help
   */
  public record ExchangeFailed(ExchangeFailure failure, Optional<Duration> retryAfter)
      implements Result {}

  /**
   * Logs in.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Result execute(Command command) {
    Optional<MiniProgram> app = miniPrograms.find(command.appId());
    if (app.isEmpty()) {
      return new AppUnknown();
    }
    if (!app.get().enabled()) {
      return new AppDisabled();
    }
    LoginClaim claim = LoginClaim.of(command.appId(), command.code());
    Optional<ResendKey> key = command.idempotencyKey().map(k -> ResendKey.of(command.code(), k));
    while (!logins.claim(claim, clock.instant())) {
      if (key.isEmpty()) {
        return new CodeSentBefore();
      }
      switch (logins.outcome(claim, key.get(), clock.instant(), PATIENCE)) {
        case Logins.Outcome.Resent(Logins.Recorded login) -> {
          return answer(login, clock.instant());
        }
        case Logins.Outcome.Failed(ExchangeFailure failure) -> {
          return new ExchangeFailed(failure, Optional.empty());
        }
        case Logins.Outcome.NotYours() -> {
          return new CodeSentBefore();
        }
        case Logins.Outcome.Free() -> {
          // Whoever claims it first exchanges it; the others wait for that one.
        }
      }
    }
    return exchange(app.get(), command, claim);
  }

  private Result exchange(MiniProgram app, Command command, LoginClaim claim) {
    return switch (codeExchange.exchange(app, command.code())) {
      case CodeExchange.Exchanged(WeChatIdentity identity) -> record(app, command, claim, identity);
      case CodeExchange.Failed(ExchangeFailure failure, Optional<Duration> retryAfter) -> {
        if (failure.codeSpent()) {
          logins.fail(claim, failure);
        } else {
          logins.release(claim);
        }
        yield new ExchangeFailed(failure, retryAfter);
      }
    };
  }

  private Result record(
      MiniProgram app, Command command, LoginClaim claim, WeChatIdentity identity) {
    Instant now = clock.instant();
    Logins.Recorded login =
        logins.record(
            new NewLogin(
                claim,
                app,
                identity,
                new UserId(TimeOrderedId.make(now, random)),
                new SessionId(TimeOrderedId.make(now, random)),
                SessionToken.mint(random),
                command.device(),
                command.idempotencyKey().map(key -> ResendKey.of(command.code(), key)),
                now));
    return answer(login, now);
  }

  private static Result answer(Logins.Recorded login, Instant at) {
    return login.user().status() == User.Status.SUSPENDED
        ? new UserSuspended()
        : new LoggedIn(login, at);
  }
}
