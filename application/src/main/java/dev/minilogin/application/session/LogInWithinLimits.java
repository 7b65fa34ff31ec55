package dev.minilogin.application.session;

import dev.minilogin.domain.limit.Decision;
import dev.minilogin.domain.limit.Limit;
import dev.minilogin.domain.limit.LimitedUse;
import dev.minilogin.domain.limit.Quotas;
import dev.minilogin.domain.limit.RateLimits;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs users in as far as their network and mini program may, so that junk codes use up neither
 * what WeChat allows nor the database. A login over a limit costs neither of them anything.
 *
 * <p>A code that WeChat refuses counts against the network that sent it; a good login makes up for
 * a bad one, so that many people behind one address aren't shut out for a few expired codes. While
 * codes of a network are under way, each may turn out to be junk: there are never more of them than
 * the network may still fail. Networks whose codes were refused lately, and no others, further
 * share what a mini program allows of such codes.
 */
public final class LogInWithinLimits {
  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final LogIn logIn;
  private final RateLimits limits;
  private final Quotas quotas;

  /** How many logins of a network are under way here; a network with none isn't there. */
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  public LogInWithinLimits(LogIn logIn, RateLimits limits, Quotas quotas) {
    this.logIn = logIn;
    this.limits = limits;
    this.quotas = quotas;
  }

  /** What came of it. */
  public sealed interface Result {}

  /**
   * It was within all limits.
   *
   * @param result what came of the login itself
   * @param counted the limits that the client can keep to
   */
  public record Done(LogIn.Result result, List<Decision> counted) implements Result {}

  /**
   * It was over a limit, and nothing was tried.
   *
   * @param limit the limit
   * @param retryAfter when to try again at the earliest
   */
  public record TooOften(Decision limit, Duration retryAfter) implements Result {}

  /**
   * Logs in, if that is within the limits.
   *
   * @param network what the client can be told from others by
   * @throws dev.minilogin.domain.failure.StorageUnavailable as {@link LogIn} does
   */
  public Result execute(LogIn.Command command, String network) {
    Optional<Decision> logins = take(LimitedUse.LOGINS_PER_NETWORK, network);
    if (isRefused(logins)) {
      return tooOften(logins.get());
    }
    int before = underWay.merge(network, 1, Integer::sum) - 1;
    try {
      return execute(command, network, before, logins);
    } finally {
      underWay.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
    }
  }

  private Result execute(
      LogIn.Command command, String network, int before, Optional<Decision> logins) {
    Optional<Limit> failures = quotas.limit(LimitedUse.FAILED_LOGINS_PER_NETWORK);
    Optional<Decision> left = failures.map(limit -> limits.look(limit, network));
    if (left.isPresent() && left.get().remaining() <= before) {
      Decision decision = left.get();
      return decision.remaining() == 0
          ? tooOften(refusal(decision))
          : new TooOften(refusal(decision), A_MOMENT);
    }
    String app = command.appId().value();
    boolean suspect = left.filter(known -> known.remaining() < known.limit().quota()).isPresent();
    if (suspect && isRefused(take(LimitedUse.FAILED_LOGINS_PER_APP, app))) {
      // Only the network can do something about it, and then it waits no longer.
      return tooOften(refusal(left.get()));
    }
    Optional<Decision> ofApp = take(LimitedUse.LOGINS_PER_APP, app);
    if (isRefused(ofApp)) {
      return tooOften(ofApp.get());
    }
    LogIn.Result result = logIn.execute(command);
    List<Decision> counted = new ArrayList<>();
    logins.ifPresent(counted::add);
    if (isJunk(result)) {
      failures.map(limit -> limits.take(limit, network)).ifPresent(counted::add);
    } else if (suspect) {
      giveBack(LimitedUse.FAILED_LOGINS_PER_APP, app);
    }
    if (result instanceof LogIn.LoggedIn) {
      giveBack(LimitedUse.FAILED_LOGINS_PER_NETWORK, network);
    }
    return new Done(result, List.copyOf(counted));
  }

  /** WeChat was asked in vain. */
  private static boolean isJunk(LogIn.Result result) {
    return result instanceof LogIn.ExchangeFailed(WeChatFailure failure, Optional<Duration> _)
        && (failure == WeChatFailure.CODE_INVALID || failure == WeChatFailure.CODE_USED);
  }

  private Optional<Decision> take(LimitedUse use, String key) {
    return quotas.limit(use).map(limit -> limits.take(limit, key));
  }

  private void giveBack(LimitedUse use, String key) {
    quotas.limit(use).ifPresent(limit -> limits.giveBack(limit, key));
  }

  private static boolean isRefused(Optional<Decision> decision) {
    return decision.isPresent() && !decision.get().allowed();
  }

  private static Decision refusal(Decision known) {
    return new Decision(known.limit(), false, 0, known.resetIn());
  }

  private static TooOften tooOften(Decision decision) {
    return new TooOften(decision, decision.resetIn());
  }
}
