package dev.minilogin.application.session;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Logs a user in with a code from {@code wx.login}.
 *
 * <p>However often and to however many instances a code is sent, it is exchanged at WeChat once; if
 * WeChat could not be used and the code is still good, those who wait are told so, and whoever
 * sends it later may exchange it. With the same idempotency key, all get the same session and token
 * for {@link ResendKey#LIFETIME}; without one, all but the first are told that the code is used. No
 * transaction is open while WeChat is asked.
 *
 * <p>No access token is needed, so a login works while WeChat gives none; only a mini program that
 * refuses people whom WeChat takes for a risk waits for one, for a moment.
 */
public final class LogIn {
  /** Longer than an exchange and a risk rank may take in all, so that a duplicate sees the end. */
  private static final Duration PATIENCE = Duration.ofSeconds(7);

  /** A person's rank is asked for so often at the most, where the login doesn't wait for it. */
  private static final Duration RANK_EVERY = Duration.ofDays(1);

  private static final Duration ASK_AGAIN_AFTER_REFUSAL = Duration.ofHours(1);

  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

  private final MiniPrograms miniPrograms;
  private final CodeExchange codeExchange;
  private final Logins logins;
  private final RiskAssessment riskAssessment;
  private final Identities identities;
  private final AuditLog auditLog;
  private final Executor afterwards;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Mini programs that WeChat gives no ranks: not each of their logins must ask. */
  private final Map<AppId, Instant> noRanksUntil = new ConcurrentHashMap<>();

  /**
   * @param afterwards runs what a login doesn't wait for
   * @param clock with millisecond precision
   * @param random makes tokens and identifiers
   */
  public LogIn(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      RiskAssessment riskAssessment,
      Identities identities,
      AuditLog auditLog,
      Executor afterwards,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.codeExchange = codeExchange;
    this.logins = logins;
    this.riskAssessment = riskAssessment;
    this.identities = identities;
    this.auditLog = auditLog;
    this.afterwards = afterwards;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What a client asks for.
   *
   * @param idempotencyKey makes the request safe to send again; at least one character
   * @param clientAddress the IP address that the request came from; empty if that isn't known
   */
  public record Command(
      AppId appId,
      LoginCode code,
      Optional<String> idempotencyKey,
      Device device,
      Optional<String> clientAddress) {
    /** Without what tells who asks and from where. */
    @Override
    public String toString() {
      return "Command[" + appId + "]";
    }
  }

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

  /** The mini program admits no login from this build here. */
  public record BuildNotAdmitted() implements Result {}

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
  public record ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter)
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
    if (!app.get().policies().sessions().admits(command.device().envVersion())) {
      return new BuildNotAdmitted();
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
      case Logins.Outcome.Failed(WeChatFailure failure) ->
          new ExchangeFailed(failure, Optional.empty());
      case Logins.Outcome.NotYours() -> new CodeSentBefore();
      // WeChat could not be used a moment ago, and duplicates must not ask it in turns.
      case Logins.Outcome.Free() ->
          new ExchangeFailed(WeChatFailure.BUSY, Optional.of(TRY_AGAIN_AFTER));
    };
  }

  private Result exchange(MiniProgram app, Command command, LoginClaim claim) {
    return switch (codeExchange.exchange(app, command.code())) {
      case Reply.Given(WeChatIdentity identity) -> {
        if (isRefusedAsRisk(app, command, identity.openId())) {
          noteRefusal(
              app, identities.find(app.appId(), identity.openId()).map(Identity::userId), "RISK");
          logins.fail(claim, WeChatFailure.USER_BLOCKED);
          yield new ExchangeFailed(WeChatFailure.USER_BLOCKED, Optional.empty());
        }
        yield record(app, command, claim, identity);
      }
      case Reply.Failed(WeChatFailure failure, Optional<Duration> retryAfter) -> {
        if (failure == WeChatFailure.USER_BLOCKED) {
          noteRefusal(app, Optional.empty(), "BLOCKED_BY_WECHAT");
        }
        if (failure.codeSpent()) {
          logins.fail(claim, failure);
        } else {
          logins.release(claim);
        }
        yield new ExchangeFailed(failure, retryAfter);
      }
    };
  }

  /** Before the refusal itself: there is none that the audit log doesn't tell. */
  private void noteRefusal(MiniProgram app, Optional<UserId> user, String reason) {
    auditLog.append(AuditEvents.loginRefused(app.appId(), user, reason, clock.instant()));
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
    Logins.Recorded recorded;
    try {
      recorded = logins.record(login);
    } catch (StorageUnavailable e) {
      return new NotRecorded(e);
    }
    if (app.policies().risk().reaction() == RiskPolicy.Reaction.FLAG) {
      flagAfterwards(app, command, identity.openId());
    }
    return answer(recorded, now);
  }

  /** Nobody is kept out because the rank can't be had, whatever the reason. */
  private boolean isRefusedAsRisk(MiniProgram app, Command command, OpenId openId) {
    if (app.policies().risk().reaction() != RiskPolicy.Reaction.REFUSE
        || command.clientAddress().isEmpty()) {
      return false;
    }
    try {
      return riskAssessment.rank(app, openId, command.clientAddress().get())
              instanceof Reply.Given<Integer>(Integer rank)
          && rank >= app.policies().risk().from();
    } catch (StorageUnavailable e) {
      // The access token stands there; the code is exchanged and must not be lost.
      return false;
    }
  }

  private void flagAfterwards(MiniProgram app, Command command, OpenId openId) {
    try {
      afterwards.execute(
          () -> {
            try {
              flagIfRisk(app, command, openId);
            } catch (StorageUnavailable e) {
              // The next login asks for the rank.
            }
          });
    } catch (RejectedExecutionException e) {
      // The login is recorded, and answered all the same; the next one asks for the rank.
    }
  }

  private void flagIfRisk(MiniProgram app, Command command, OpenId openId) {
    Instant now = clock.instant();
    boolean known =
        identities
            .ranked(app.appId(), openId)
            .filter(ranked -> now.isBefore(ranked.at().plus(RANK_EVERY)))
            .isPresent();
    boolean rests = now.isBefore(noRanksUntil.getOrDefault(app.appId(), Instant.MIN));
    if (known || rests || command.clientAddress().isEmpty()) {
      return;
    }
    switch (riskAssessment.rank(app, openId, command.clientAddress().get())) {
      case Reply.Given<Integer>(Integer rank) ->
          identities.rank(app.appId(), openId, rank, rank >= app.policies().risk().from(), now);
      case Reply.Failed<Integer>(WeChatFailure failure, Optional<Duration> _) -> {
        if (failure == WeChatFailure.APP_REFUSED) {
          noRanksUntil.put(app.appId(), now.plus(ASK_AGAIN_AFTER_REFUSAL));
        }
      }
    }
  }

  private static Result answer(Logins.Recorded login, Instant at) {
    return switch (login.user().status()) {
      case ACTIVE -> new LoggedIn(login, at);
      case SUSPENDED, DELETED, MERGED -> new UserSuspended();
    };
  }
}
