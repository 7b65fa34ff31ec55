package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is measured of our calls to WeChat; nothing, where nobody collects it. */
@Singleton
public final class WeChatMetrics {
  private static final String CALLS = "mini_login.wechat.calls";
  private static final String TOKEN_REFUSED = "mini_login.wechat.token.refused";

  private final MeterRegistry meters;

  WeChatMetrics(Optional<MeterRegistry> meters) {
    this.meters = meters.orElseGet(CompositeMeterRegistry::new);
  }

  /** Times a call: {@code mini_login.wechat.calls} by api and outcome. */
  void called(WeChatApi api, WeChatCall call, long nanos) {
    meters
        .timer(CALLS, "api", api.title(), "outcome", outcome(call))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Counts a refused access_token: {@code mini_login.wechat.token.refused} by app and errcode. */
  public void tokenRefused(String appId, Optional<Long> errcode) {
    meters
        .counter(
            TOKEN_REFUSED, "app", appId, "errcode", errcode.map(String::valueOf).orElse("none"))
        .increment();
  }

  private static String outcome(WeChatCall call) {
    return switch (call) {
      case WeChatCall.Answered(WeChatAnswer answer) ->
          answer.errcode() == 0 ? "ok" : "errcode_" + answer.errcode();
      case WeChatCall.NoWeChatAnswer _ -> "invalid_answer";
      case WeChatCall.NotSent _ -> "not_sent";
      case WeChatCall.Unanswered _ -> "unanswered";
    };
  }
}
