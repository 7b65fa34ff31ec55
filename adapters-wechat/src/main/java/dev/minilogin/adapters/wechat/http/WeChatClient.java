package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.micronaut.json.JsonMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Calls WeChat's servers. The next host is tried only if no connection could be made to the one
 * before. What was sent is sent again only if the API is idempotent, once: if WeChat was busy or
 * the connection broke. Too many calls of an API at once, or after too many failures, are not sent
 * at all, so that a slow WeChat costs us little and recovers from us soon.
 *
 * <p>URLs and bodies hold secrets, so none is ever logged or put into an exception.
 */
@Singleton
public final class WeChatClient {
  private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(1);
  private static final int SHORTEST_PAUSE_MILLIS = 20;
  private static final int LONGEST_PAUSE_MILLIS = 120;

  private final WeChatSettings settings;
  private final JsonMapper json;
  private final SecureRandom random;
  private final WeChatMetrics metrics;
  private final List<WeChatHost> hosts;
  private final Map<WeChatApi, Bulkhead> bulkheads = new EnumMap<>(WeChatApi.class);

  WeChatClient(
      WeChatSettings settings, JsonMapper json, SecureRandom random, WeChatMetrics metrics) {
    this.settings = settings;
    this.json = json;
    this.random = random;
    this.metrics = metrics;
    this.hosts =
        settings.hosts().stream().map(host -> new WeChatHost(host, settings, json)).toList();
    for (WeChatApi api : WeChatApi.values()) {
      BulkheadConfig config =
          BulkheadConfig.custom()
              .maxConcurrentCalls(settings.limits(api).callsAtOnce())
              .maxWaitDuration(Duration.ZERO)
              .build();
      bulkheads.put(api, Bulkhead.of(api.title(), config));
    }
  }

  /** By when a call of an API that begins now must be over. */
  public Deadline deadline(WeChatApi api) {
    return Deadline.in(settings.limits(api).total());
  }

  /** Calls an API, within its own time. */
  public WeChatCall call(WeChatRequest request) {
    return call(request, deadline(request.api()));
  }

  /** Calls an API that shares its time with something else. */
  public WeChatCall call(WeChatRequest request, Deadline deadline) {
    byte[] body = body(request);
    WeChatCall first = once(request, body, deadline);
    return request.api().isIdempotent()
            && mayBeBetterNextTime(first)
            && deadline.allowsAnotherTry()
            && pause()
        ? once(request, body, deadline)
        : first;
  }

  private byte[] body(WeChatRequest request) {
    try {
      return request.body().isEmpty() ? new byte[0] : json.writeValueAsBytes(request.body());
    } catch (IOException e) {
      // Without the cause, which may tell a secret.
      throw new IllegalStateException("a request of " + request.api().title() + " is no JSON");
    }
  }

  private static boolean mayBeBetterNextTime(WeChatCall call) {
    return switch (call) {
      case WeChatCall.Answered(WeChatAnswer answer) ->
          answer.errcode() == WeChatError.BUSY.errcode();
      case WeChatCall.Unanswered() -> true;
      case WeChatCall.NotSent _, WeChatCall.NoWeChatAnswer _ -> false;
    };
  }

  /** Whether the pause was made, and not interrupted. */
  private boolean pause() {
    try {
      Thread.sleep(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private WeChatCall once(WeChatRequest request, byte[] body, Deadline deadline) {
    Bulkhead bulkhead = bulkheads.get(request.api());
    if (!bulkhead.tryAcquirePermission()) {
      return new WeChatCall.NotSent(RETRY_WHEN_FULL);
    }
    long start = System.nanoTime();
    try {
      WeChatCall call = send(request, body, deadline);
      metrics.called(request.api(), call, System.nanoTime() - start);
      return call;
    } finally {
      bulkhead.onComplete();
    }
  }

  private WeChatCall send(WeChatRequest request, byte[] body, Deadline deadline) {
    WeChatCall call = new WeChatCall.NotSent(settings.restAfterFailures());
    for (WeChatHost host : hosts) {
      Duration left = deadline.left();
      if (left.isZero()) {
        return call;
      }
      call = host.send(request, body, left);
      if (!(call instanceof WeChatCall.NotSent)) {
        return call;
      }
    }
    return call;
  }

  @PreDestroy
  void close() {
    hosts.forEach(WeChatHost::close);
  }
}
