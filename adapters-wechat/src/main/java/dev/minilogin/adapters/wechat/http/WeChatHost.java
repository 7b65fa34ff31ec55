package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.WeChatSettings.Limits;
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
import io.micronaut.http.client.exceptions.HttpClientResponseException;
import io.micronaut.http.client.exceptions.ReadTimeoutException;
import io.micronaut.http.uri.UriBuilder;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One of WeChat's hosts. An API on which too many calls failed here is left alone for a while; the
 * others aren't.
 */
final class WeChatHost implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WeChatHost.class);
  private static final int LARGEST_ANSWER_BYTES = 64 * 1024;
  private static final Duration KEEP_IDLE_CONNECTIONS = Duration.ofSeconds(20);

  private final WeChatSettings settings;
  private final JsonMapper json;
  private final Map<Limits, HttpClient> clients = new HashMap<>();
  private final Map<WeChatApi, CircuitBreaker> breakers = new EnumMap<>(WeChatApi.class);

  WeChatHost(URI host, WeChatSettings settings, JsonMapper json) {
    this.settings = settings;
    this.json = json;
    URL url = url(host);
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(20)
            .minimumNumberOfCalls(10)
            .failureRateThreshold(50)
            .permittedNumberOfCallsInHalfOpenState(3)
            .waitDurationInOpenState(settings.restAfterFailures())
            .build();
    for (WeChatApi api : WeChatApi.values()) {
      clients.computeIfAbsent(
          settings.limits(api), limits -> HttpClient.create(url, configuration(limits, settings)));
      breakers.put(api, CircuitBreaker.of(api.title(), config));
    }
  }

  private static URL url(URI host) {
    try {
      return host.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("a WeChat host must be an http or https URL", e);
    }
  }

  private static HttpClientConfiguration configuration(Limits limits, WeChatSettings settings) {
    DefaultHttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
    configuration.setConnectTimeout(limits.connect());
    configuration.getSslConfiguration().setHandshakeTimeout(limits.connect());
    configuration.setReadTimeout(limits.read());
    // Shorter than any NAT on the way forgets a connection: a request into a dead one costs a code.
    configuration.setConnectionPoolIdleTimeout(KEEP_IDLE_CONNECTIONS);
    configuration.setMaxContentLength(LARGEST_ANSWER_BYTES);
    configuration.setFollowRedirects(false);
    settings
        .proxy()
        .ifPresent(
            proxy -> {
              configuration.setProxyType(Proxy.Type.HTTP);
              configuration.setProxyAddress(new InetSocketAddress(proxy.host(), proxy.port()));
              proxy
                  .credentials()
                  .ifPresent(
                      credentials -> {
                        configuration.setProxyUsername(credentials.user());
                        configuration.setProxyPassword(credentials.password());
                      });
            });
    return configuration;
  }

  /**
   * Sends a request, once.
   *
   * @param body JSON; empty for a GET
   * @param left what the call has left
   * @return {@link WeChatCall.NotSent} if no connection could be made
   */
  WeChatCall send(WeChatRequest request, byte[] body, Duration left) {
    CircuitBreaker breaker = breakers.get(request.api());
    if (!breaker.tryAcquirePermission()) {
      return notSent();
    }
    long start = System.nanoTime();
    WeChatCall call = null;
    try {
      call = exchange(request, body, left);
      return call;
    } finally {
      long nanos = System.nanoTime() - start;
      if (call instanceof WeChatCall.Answered) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
      } else {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, new IOException("WeChat gave no answer"));
      }
    }
  }

  private WeChatCall exchange(WeChatRequest request, byte[] body, Duration left) {
    HttpClient client = clients.get(settings.limits(request.api()));
    try {
      return answer(
          Mono.from(client.exchange(message(request, body), byte[].class))
              .timeout(left)
              .toFuture()
              .join());
    } catch (CompletionException e) {
      return failure(request.api(), e.getCause());
    }
  }

  private WeChatCall failure(WeChatApi api, Throwable cause) {
    if (cause instanceof HttpClientResponseException e) {
      return new WeChatCall.NoWeChatAnswer(e.code());
    }
    if (cause instanceof ContentLengthExceededException) {
      return new WeChatCall.NoWeChatAnswer(HttpStatus.OK.getCode());
    }
    if (isConnectFailure(cause)) {
      LOG.warn("no connection to a host of WeChat for {}: {}", api.title(), kind(cause));
      return notSent();
    }
    LOG.warn("WeChat did not answer {}: {}", api.title(), kind(cause));
    return new WeChatCall.Unanswered();
  }

  /** The body goes as bytes: WeChat's gateway refuses what has no Content-Length. */
  private static HttpRequest<?> message(WeChatRequest request, byte[] body) {
    UriBuilder uri = UriBuilder.of(request.api().path());
    request.query().forEach(uri::queryParam);
    return (switch (request.api().method()) {
          case GET -> HttpRequest.GET(uri.build());
          case POST ->
              HttpRequest.POST(uri.build(), body).contentType(MediaType.APPLICATION_JSON_TYPE);
        })
        .accept(MediaType.ALL_TYPE);
  }

  private WeChatCall answer(HttpResponse<byte[]> response) {
    Optional<WeChatAnswer> answer =
        response.code() == HttpStatus.OK.getCode()
            ? response.getBody().flatMap(bytes -> WeChatAnswer.parse(json, bytes))
            : Optional.empty();
    return answer
        .<WeChatCall>map(WeChatCall.Answered::new)
        .orElseGet(() -> new WeChatCall.NoWeChatAnswer(response.code()));
  }

  private WeChatCall notSent() {
    return new WeChatCall.NotSent(settings.restAfterFailures());
  }

  private static boolean isConnectFailure(Throwable e) {
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

  @Override
  public void close() {
    clients.values().forEach(HttpClient::close);
  }
}
