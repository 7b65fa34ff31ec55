package dev.minilogin.adapters.wechat.http;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.http.client.exceptions.ContentLengthExceededException;
import io.micronaut.http.client.exceptions.HttpClientException;
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.json.JsonMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls WeChat's servers. A call is sent at most once: the next host is tried only if no connection
 * could be made to the one before. Too many calls at once, or after too many failures, are not sent
 * at all, so that a slow WeChat costs us little and recovers from us soon.
 *
 * <p>URLs hold secrets, so none is ever logged or put into an exception.
 */
@Singleton
public final class WeChatClient {
  private static final Logger LOG = LoggerFactory.getLogger(WeChatClient.class);
  private static final int LARGEST_ANSWER_BYTES = 64 * 1024;
  private static final Duration KEEP_IDLE_CONNECTIONS = Duration.ofSeconds(20);
  private static final Duration RETRY_WHEN_BUSY = Duration.ofSeconds(1);

  private final List<HttpClient> hosts;
  private final Bulkhead bulkhead;
  private final CircuitBreaker breaker;
  private final WeChatSettings settings;
  private final JsonMapper json;

  WeChatClient(WeChatSettings settings, JsonMapper json) {
    this.settings = settings;
    this.json = json;
    this.hosts = clients(settings);
    this.bulkhead =
        Bulkhead.of(
            "wechat",
            BulkheadConfig.custom()
                .maxConcurrentCalls(settings.callsAtOnce())
                .maxWaitDuration(Duration.ZERO)
                .build());
    this.breaker =
        CircuitBreaker.of(
            "wechat",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(3)
                .waitDurationInOpenState(settings.restAfterFailures())
                .build());
  }

  private static List<HttpClient> clients(WeChatSettings settings) {
    List<HttpClient> clients = new ArrayList<>();
    Duration left = settings.totalTimeout();
    for (URI host : settings.hosts()) {
      try {
        clients.add(HttpClient.create(host.toURL(), configuration(settings, left)));
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("a WeChat host must be an http or https URL", e);
      }
      left = left.minus(settings.connectTimeout());
    }
    return List.copyOf(clients);
  }

  /**
   * @param left what a call has left when it comes to this host: those before it could not be
   *     connected to
   */
  private static HttpClientConfiguration configuration(WeChatSettings settings, Duration left) {
    Duration read = settings.readTimeout();
    DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
    configuration.setConnectTimeout(settings.connectTimeout());
    configuration.getSslConfiguration().setHandshakeTimeout(settings.connectTimeout());
    configuration.setReadTimeout(read.compareTo(left) < 0 ? read : left);
    configuration.setRequestTimeout(left);
    // Shorter than any NAT on the way forgets a connection: a request into a dead one costs a code.
    configuration.setConnectionPoolIdleTimeout(KEEP_IDLE_CONNECTIONS);
    configuration.setMaxContentLength(LARGEST_ANSWER_BYTES);
    configuration.setFollowRedirects(false);
    return configuration;
  }

  /**
   * Sends a GET.
   *
   * @param path begins with a slash
   * @param query parameters, not encoded
   */
  public WeChatCall get(String path, Map<String, String> query) {
    if (!breaker.tryAcquirePermission()) {
      return new WeChatCall.NotSent(settings.restAfterFailures());
    }
    if (!bulkhead.tryAcquirePermission()) {
      breaker.releasePermission();
      return new WeChatCall.NotSent(RETRY_WHEN_BUSY);
    }
    long start = System.nanoTime();
    WeChatCall call = null;
    try {
      call = send(path, query);
      return call;
    } finally {
      bulkhead.onComplete();
      long nanos = System.nanoTime() - start;
      if (call instanceof WeChatCall.Answered) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
      } else {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, new IOException("WeChat gave no answer"));
      }
    }
  }

  private WeChatCall send(String path, Map<String, String> query) {
    UriBuilder uri = UriBuilder.of(path);
    query.forEach(uri::queryParam);
    for (HttpClient host : hosts) {
      // A new one for each host: a client resolves it against its own.
      HttpRequest<?> request = HttpRequest.GET(uri.build()).accept(MediaType.ALL_TYPE);
      try {
        return answer(host.toBlocking().exchange(request, byte[].class));
      } catch (HttpClientResponseException e) {
        return new WeChatCall.NoWeChatAnswer(e.code());
      } catch (ContentLengthExceededException e) {
        return new WeChatCall.NoWeChatAnswer(HttpStatus.OK.getCode());
      } catch (HttpClientException e) {
        if (!isConnectFailure(e)) {
          LOG.warn("WeChat did not answer {}: {}", path, kind(e));
          return new WeChatCall.Unanswered();
        }
        LOG.warn("no connection to a host of WeChat for {}: {}", path, kind(e));
      }
    }
    return new WeChatCall.NotSent(settings.restAfterFailures());
  }

  private WeChatCall answer(HttpResponse<byte[]> response) {
    Optional<WeChatAnswer> answer =
        response.code() == HttpStatus.OK.getCode()
            ? response.getBody().flatMap(body -> WeChatAnswer.parse(json, body))
            : Optional.empty();
    return answer
        .<WeChatCall>map(WeChatCall.Answered::new)
        .orElseGet(() -> new WeChatCall.NoWeChatAnswer(response.code()));
  }

  private static boolean isConnectFailure(HttpClientException e) {
    if (e instanceof ReadTimeoutException) {
      return false;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof UnknownHostException
          || cause instanceof NoRouteToHostException
          || cause instanceof SSLHandshakeException) {
        return true;
      }
    }
    return false;
  }

  private static String kind(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName();
  }

  @PreDestroy
  void close() {
    hosts.forEach(HttpClient::close);
  }
}
