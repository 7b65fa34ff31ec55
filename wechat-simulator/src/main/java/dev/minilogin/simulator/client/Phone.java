package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;
import dev.minilogin.simulator.platform.WeChatPlatform;
import dev.minilogin.simulator.wire.Party;
import dev.minilogin.simulator.wire.Traffic;
import dev.minilogin.simulator.wire.WireLog;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A phone with WeChat on it. Every {@code wx.request} is put into the wire log. Thread-safe. */
public final class Phone implements AutoCloseable {

  /**
   * What {@code wx.login} gives for an appId that WeChat does not know; the errno is an assumption.
   */
  private static final Failure INVALID_APPID = new Failure(5, "login:fail invalid appid");

  private final WeChatPlatform platform;
  private final WireLog wire;
  private final InstantSource clock;
  private final Network network = new Network();

  public Phone(WeChatPlatform platform, WireLog wire, InstantSource clock) {
    this.platform = platform;
    this.wire = wire;
    this.clock = clock;
  }

  /** {@code wx.login}: a code, or why there is none. */
  public WxResult login(String appId, String user) {
    if (network.isOffline()) {
      return NetworkFailure.DISCONNECTED.of("login");
    }
    try {
      return new WxResult.Login(platform.logIn(appId, user));
    } catch (NoSuchElementException noSuchApp) {
      return INVALID_APPID;
    }
  }

  /** {@code wx.checkSession}: whether the session_key of the user's last login is still valid. */
  public boolean checkSession(String appId, String user) {
    return platform.sessionKey(appId, user).isPresent();
  }

  /** {@code wx.request}. */
  public WxResult request(WxRequest request) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    Optional<URI> target = RequestRules.target(request.url());
    WxResult result =
        RequestRules.refusal(request, target)
            .map(WxResult.class::cast)
            .orElseGet(() -> send(request, target.orElseThrow()));
    wire.record(traffic(request, target, result, at, (System.nanoTime() - start) / 1_000_000));
    return result;
  }

  /** Cuts the phone's network, or restores it. */
  public void setOffline(boolean offline) {
    network.setOffline(offline);
  }

  public boolean isOffline() {
    return network.isOffline();
  }

  @Override
  public void close() {
    network.close();
  }

  private WxResult send(WxRequest request, URI target) {
    try {
      return network.send(RequestRules.outgoing(request, target), request.timeout());
    } catch (IllegalArgumentException e) {
      return new Failure(Failure.ERRNO_INVALID, "request:fail invalid header");
    }
  }

  private static Traffic traffic(
      WxRequest request, Optional<URI> target, WxResult result, Instant at, long millis) {
    Optional<WxResult.Response> response =
        result instanceof WxResult.Response answered ? Optional.of(answered) : Optional.empty();
    return new Traffic(
        at,
        Party.MINI_PROGRAM,
        Party.SERVER,
        RequestRules.method(request),
        target.map(URI::getRawPath).orElse(""),
        target.map(URI::getRawQuery),
        response.map(WxResult.Response::statusCode).orElse(0),
        millis,
        RequestRules.body(request),
        response.map(WxResult.Response::data).filter(body -> !body.isEmpty()),
        response.flatMap(answer -> header(answer.header(), "content-type")),
        header(request.header(), "authorization"),
        header(request.header(), "idempotency-key"),
        result instanceof Failure failure ? Optional.of(failure.errMsg()) : Optional.empty());
  }

  private static Optional<String> header(Map<String, String> headers, String lowerCaseName) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseName))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
