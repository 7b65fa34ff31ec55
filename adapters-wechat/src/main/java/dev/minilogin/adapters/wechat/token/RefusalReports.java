package dev.minilogin.adapters.wechat.token;

import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.adapters.wechat.http.WeChatMetrics;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.WeChatFailure;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator that a mini program gets no token: once for each reason, and when it is over.
 */
@Singleton
final class RefusalReports {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalReports.class);

  private final WeChatMetrics metrics;

  RefusalReports(WeChatMetrics metrics) {
    this.metrics = metrics;
  }

  /** What an operator can do about a refusal. */
  static String advice(Refusal refusal) {
    return refusal
        .errcode()
        .map(
            errcode ->
                Arrays.stream(WeChatError.values())
                    .filter(error -> error.errcode() == errcode)
                    .filter(error -> error.failure().equals(Optional.of(refusal.failure())))
                    .findFirst()
                    .map(WeChatError::advice)
                    .orElse("unknown to this version"))
        .orElseGet(() -> advice(refusal.failure()));
  }

  /** Where there was no errcode. */
  private static String advice(WeChatFailure failure) {
    return switch (failure) {
      case UNREACHABLE ->
          "WeChat can't be reached: check DNS and firewall, MINI_LOGIN_WECHAT_BASE_URL and"
              + " MINI_LOGIN_WECHAT_PROXY_URL";
      case TIMED_OUT ->
          "WeChat doesn't answer in time: check the network, and MINI_LOGIN_WECHAT_PROXY_URL";
      default -> "what answers is not WeChat: check MINI_LOGIN_WECHAT_BASE_URL and proxies";
    };
  }

  /** A renewal of this instance was refused. */
  void count(AppId appId, Refusal refusal) {
    metrics.tokenRefused(appId.value(), refusal.errcode());
  }

  /** A mini program gets no token for a reason, of this instance or another one. */
  void refused(AppId appId, Optional<Refusal> before, Refusal refusal) {
    if (before.filter(last -> isSame(last, refusal)).isEmpty()) {
      LOG.warn(
          "no access_token of {}: {}, errcode {} ({})",
          appId,
          refusal.failure(),
          refusal.errcode().map(String::valueOf).orElse("none"),
          advice(refusal));
    }
  }

  /** A mini program has a token again. */
  void given(AppId appId, Optional<Refusal> before) {
    if (before.isPresent()) {
      LOG.info("{} has an access_token again", appId);
    }
  }

  private static boolean isSame(Refusal one, Refusal other) {
    return one.failure() == other.failure() && one.errcode().equals(other.errcode());
  }
}
