package dev.minilogin.application.session;

import dev.minilogin.domain.failure.StorageUnavailable;
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
 * <p>However often and to however many instances a code is sent, it is exchanged at WeChat once; if
 * WeChat could not be used and the code is still good, those who wait are told so, and whoever
 * sends it later may exchange it. With the same idempotency key, all get the same session and token
 * for {@link ResendKey#LIFETIME}; without one, all but the first are told that the code is used. No
 * transaction is open while WeChat is asked.
 */
public final class LogIn {
  /** Longer than an exchange may take in all, so that a duplicate sees its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

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

  /** WeChat knows the person, but the account is locked or gone: nobody is let in. */
  public record UserSuspended() implements Result {}

  /**
   * WeChat vouched for the user, and then the login could not be recorded: the code is used up for
   * nothing.
   */
  public record NotRecorded(StorageUnavailable failure) implements Result {}

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
   * @throws StorageUnavailable if the storage can't be asked, and the code is as good as before or
   *     its exchange failed
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
    if (logins.claim(claim, clock.instant())) {
      return exchange(app.get(), command, claim);
    }
    if (command.idempotencyKey().isEmpty()) {
      return new CodeSentBefore();
    }
    ResendKey key = ResendKey.of(command.code(), command.idempotencyKey().get());
    return switch (logins.outcome(claim, key, clock.instant(), PATIENCE)) {
      case Logins.Outcome.Resent(Logins.Recorded login) -> answer(login, clock.instant());
      case Logins.Outcome.Failed(ExchangeFailure failure) ->
          new ExchangeFailed(failure, Optional.empty());
      case Logins.Outcome.NotYours() -> new CodeSentBefore();
      // WeChat could not be used a moment ago, and duplicates must not ask it in turns.
      case Logins.Outcome.Free() ->
          new ExchangeFailed(ExchangeFailure.BUSY, Optional.of(TRY_AGAIN_AFTER));
    };
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
    NewLogin login =
        new NewLogin(
            claim,
            app,
            identity,
            new UserId(TimeOrderedId.make(now, random)),
            new SessionId(TimeOrderedId.make(now, random)),
            SessionToken.mint(random),
            command.device(),
            command.idempotencyKey().map(key -> ResendKey.of(command.code(), key)),
            now);
    try {
      return answer(logins.record(login), now);
    } catch (StorageUnavailable e) {
      return new NotRecorded(e);
    }
  }

  private static Result answer(Logins.Recorded login, Instant at) {
    return switch (login.user().status()) {
      case ACTIVE -> new LoggedIn(login, at);
      case SUSPENDED, DELETED -> new UserSuspended();
    };
  }
}
