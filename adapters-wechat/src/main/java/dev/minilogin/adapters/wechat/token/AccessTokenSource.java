package dev.minilogin.adapters.wechat.token;

import dev.minilogin.adapters.wechat.http.Deadline;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.AccessTokens.Dated;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.AccessTokens.State;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The access tokens that our calls need. Each process keeps a copy; a token is renewed some time
 * before its end, by one instance and in the background, while all go on with the old one. Only
 * without a usable token does a call wait, as long as it has time.
 *
 * <p>A mini program has one renewal at a time in this process, and by the lease one in all.
 */
@Singleton
final class AccessTokenSource {
  private static final Logger LOG = LoggerFactory.getLogger(AccessTokenSource.class);

  /**
   * How long before its end a token is renewed. WeChat gives another one 300 seconds before; the
   * moments of several instances are spread, so that the first one is alone.
   */
  private static final int RENEWED_AT_MOST_SECONDS_BEFORE = 270;

  private static final int RENEWED_AT_LEAST_SECONDS_BEFORE = 30;

  /** A renewal isn't begun again before that, should WeChat give a token that is due already. */
  private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(10);

  /** WeChat allows 20 forced renewals a day. */
  private static final Duration BETWEEN_FORCED_RENEWALS = Duration.ofMinutes(75);

  /** How long a renewal may take: asking WeChat twice, and the storage. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(160);
  private static final Duration RETRY_WHEN_LATE = Duration.ofSeconds(1);

  private final AccessTokens tokens;
  private final StableToken stableToken;
  private final RefusalReports reports;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Map<AppId, AppToken> apps = new ConcurrentHashMap<>();

  AccessTokenSource(
      AccessTokens tokens,
      StableToken stableToken,
      RefusalReports reports,
      InstantSource clock,
      SecureRandom random) {
    this.tokens = tokens;
    this.stableToken = stableToken;
    this.reports = reports;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A token for a call.
   *
   * @return a failure never says that a code is spent: without a token nothing is sent
   * @throws StorageUnavailable if there is none in this process and the storage can't be asked
   */
  Reply<AccessToken> get(MiniProgram app, Deadline deadline) {
    AppToken appToken = apps.computeIfAbsent(app.appId(), _ -> new AppToken());
    Known known = appToken.known();
    Instant now = clock.instant();
    Optional<AccessToken> usable = known.usable(now);
    Optional<Refusal> refusal = known.refusal(now);
    if (usable.isPresent()) {
      if (known.isDue(now) && refusal.isEmpty()) {
        renewal(app, appToken);
      }
      return new Reply.Given<>(usable.get());
    }
    return refusal.isPresent()
        ? failed(refusal.get(), now)
        : await(renewal(app, appToken), deadline);
  }

  /**
   * Drops a token that WeChat didn't accept, here and for all instances, unless another one is in
   * its place by now.
   */
  void reject(AppId appId, AccessToken token) {
    apps.get(appId).update(known -> known.rejecting(token));
    tokens.drop(appId, token);
  }

  /** What this process knows of the tokens it was asked for. */
  Map<AppId, Known> known() {
    Map<AppId, Known> known = new ConcurrentHashMap<>();
    apps.forEach((appId, appToken) -> known.put(appId, appToken.known()));
    return known;
  }

  private Reply<AccessToken> await(
      CompletableFuture<Reply<AccessToken>> renewal, Deadline deadline) {
    try {
      return renewal.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return late();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return late();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StorageUnavailable
          ? new StorageUnavailable("finding an access_token", e.getCause())
          : new IllegalStateException("a renewal of an access_token broke", e.getCause());
    }
  }

  /** The renewal that is under way, or a new one, which logs for whom it is begun. */
  private CompletableFuture<Reply<AccessToken>> renewal(MiniProgram app, AppToken appToken) {
    CompletableFuture<Reply<AccessToken>> mine = new CompletableFuture<>();
    CompletableFuture<Reply<AccessToken>> running = appToken.begin(mine);
    if (running != mine) {
      return running;
    }
    Map<String, String> logContext = MDC.getCopyOfContextMap();
    Thread.ofVirtual()
        .name("access-token-" + app.appId())
        .start(
            () -> {
              if (logContext != null) {
                MDC.setContextMap(logContext);
              }
              try {
                Reply<AccessToken> reply = renew(app, appToken);
                appToken.end();
                mine.complete(reply);
              } catch (RuntimeException e) {
                LOG.warn("no access_token of {}: {}", app.appId(), e.getClass().getSimpleName());
                Instant next = clock.instant().plus(BETWEEN_RENEWALS);
                appToken.update(known -> known.puttingOff(next));
                appToken.end();
                mine.completeExceptionally(e);
              }
            });
    return mine;
  }

  private Reply<AccessToken> renew(MiniProgram app, AppToken appToken) {
    Deadline deadline = Deadline.in(LEASE);
    Duration pause = FIRST_PAUSE;
    do {
      Instant now = clock.instant();
      Known known = appToken.known();
      Optional<AccessToken> renewedMeanwhile = known.usable(now).filter(token -> !known.isDue(now));
      if (renewedMeanwhile.isPresent()) {
        return new Reply.Given<>(renewedMeanwhile.get());
      }
      State state = tokens.find(app.appId());
      Optional<Dated> better = state.token().filter(token -> known.isBetter(token, now));
      if (better.isPresent()) {
        return hold(app, appToken, better.get(), now);
      }
      Optional<Refusal> refusal = state.refusal().filter(why -> now.isBefore(why.retryAt()));
      if (refusal.isPresent()) {
        return refused(app, appToken, refusal.get(), now);
      }
      UUID lease = TimeOrderedId.make(now, random);
      Optional<AccessToken> seen = state.token().map(Dated::token);
      if (tokens.lease(app.appId(), lease, seen, now, now.plus(LEASE))) {
        return ask(app, appToken, lease, state);
      }
      pause = pause(pause);
    } while (!deadline.left().isZero() && !Thread.currentThread().isInterrupted());
    return late();
  }

  /** Asks WeChat, having the lease. */
  private Reply<AccessToken> ask(MiniProgram app, AppToken appToken, UUID lease, State state) {
    StableToken.Outcome outcome = stableToken.ask(app, false);
    boolean forced = false;
    if (outcome instanceof StableToken.Outcome.Got(Dated again)
        && appToken.known().isRejected(again.token())) {
      Instant now = clock.instant();
      forced =
          state.forcedAt().filter(at -> now.isBefore(at.plus(BETWEEN_FORCED_RENEWALS))).isEmpty();
      if (forced) {
        outcome = stableToken.ask(app, true);
      } else if (state.refusal().isEmpty()) {
        outcome = new StableToken.Outcome.Refused(stableToken.uselessToken());
      }
    }
    Instant now = clock.instant();
    return switch (outcome) {
      case StableToken.Outcome.Got(Dated token) -> {
        // If the lease has ended meanwhile, the token is as good, and another renewal will keep it.
        tokens.renew(app.appId(), lease, token, forced, now);
        yield hold(app, appToken, token, now);
      }
      case StableToken.Outcome.Refused(Refusal refusal) -> {
        tokens.refuse(app.appId(), lease, refusal);
        reports.count(app.appId(), refusal);
        yield refused(app, appToken, refusal, now);
      }
    };
  }

  private Reply<AccessToken> hold(MiniProgram app, AppToken appToken, Dated token, Instant now) {
    int before =
        random.nextInt(RENEWED_AT_LEAST_SECONDS_BEFORE, RENEWED_AT_MOST_SECONDS_BEFORE + 1);
    Instant early = token.expiresAt().minusSeconds(before);
    Instant soonest = now.plus(BETWEEN_RENEWALS);
    Instant renewAt = early.isAfter(soonest) ? early : soonest;
    Known last = appToken.update(known -> known.holding(token, renewAt));
    reports.given(app.appId(), last.refusal());
    return new Reply.Given<>(token.token());
  }

  private Reply<AccessToken> refused(
      MiniProgram app, AppToken appToken, Refusal refusal, Instant now) {
    Known before = appToken.update(known -> known.refused(refusal));
    reports.refused(app.appId(), before.refusal(), refusal);
    return failed(refusal, now);
  }

  private static Reply<AccessToken> failed(Refusal refusal, Instant now) {
    return refusal.failure() == WeChatFailure.APP_REFUSED
        ? new Reply.Failed<>(WeChatFailure.APP_REFUSED)
        : new Reply.Failed<>(
            refusal.failure().codeSpent() ? WeChatFailure.UNREACHABLE : refusal.failure(),
            Optional.of(Duration.between(now, refusal.retryAt())));
  }

  private static Reply<AccessToken> late() {
    return new Reply.Failed<>(WeChatFailure.UNREACHABLE, Optional.of(RETRY_WHEN_LATE));
  }

  /** Waits, longer each time, and by chance not as long as the others. */
  private Duration pause(Duration longest) {
    try {
      Thread.sleep(random.nextLong(longest.toMillis() / 2, longest.toMillis() + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration next = longest.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }
}
