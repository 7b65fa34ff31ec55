package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.platform.UserInfo;
import dev.minilogin.simulator.platform.UserKey;
import dev.minilogin.simulator.platform.WeChatPlatform;
import dev.minilogin.simulator.wire.Party;
import dev.minilogin.simulator.wire.Traffic;
import dev.minilogin.simulator.wire.WireLog;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A phone with WeChat on it. Every {@code wx.request} and {@code wx.uploadFile} is put into the
 * wire log. Thread-safe.
 */
public final class Phone implements AutoCloseable {

  /** For an appId that WeChat does not know; the errno is an assumption. */
  private static final int ERRNO_INVALID_APPID = 5;

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
    return online(WxApi.LOGIN, () -> new WxResult.Login(platform.logIn(appId, user)));
  }

  /** {@code wx.checkSession}: whether the session_key of the user's last login is still valid. */
  public boolean checkSession(String appId, String user) {
    return platform.sessionKey(appId, user).isPresent();
  }

  /**
   * The button {@code getPhoneNumber}: a code, and the number in the old way, under the
   * session_key.
   *
   * @param deny whether the user says no
   */
  public WxResult phoneNumber(String appId, String user, boolean deny) {
    return online(
        WxApi.GET_PHONE_NUMBER,
        () -> {
          if (platform.settings().phoneQuotaExhausted()) {
            return WxApi.GET_PHONE_NUMBER.fail(Failure.ERRNO_PHONE_QUOTA, "appid no enough quota");
          }
          if (deny) {
            return new WxResult.Denied(WxApi.GET_PHONE_NUMBER.fail("user deny"));
          }
          OpenData number = platform.phoneData(appId, user);
          return new WxResult.PhoneNumber(
              platform.issuePhoneCode(appId, user), number.encryptedData(), number.iv());
        });
  }

  /** {@code wx.getUserProfile}, which says nothing about the person any more. */
  public WxResult userProfile(String appId, String user) {
    return online(
        WxApi.GET_USER_PROFILE,
        () -> {
          UserInfo info = platform.userInfo(appId, user);
          return new WxResult.UserProfile(
              info.rawData(),
              info.signature(),
              info.openData().encryptedData(),
              info.openData().iv());
        });
  }

  /** {@code getLatestUserKey} of {@code wx.getUserCryptoManager}. */
  public WxResult latestUserKey(String appId, String user) {
    return online(
        WxApi.GET_LATEST_USER_KEY,
        () -> {
          UserKey key = platform.latestUserKey(appId, user);
          return new WxResult.UserKey(
              key.encryptKey(), key.iv(), key.version(), key.expiresAt().getEpochSecond());
        });
  }

  /** {@code wx.request}. */
  public WxResult request(WxRequest request) {
    Optional<URI> target = RequestRules.target(request.url());
    return logged(
        RequestRules.method(request),
        target,
        request.header(),
        RequestRules.body(request),
        Optional.empty(),
        () ->
            RequestRules.refusal(request, target)
                .map(WxResult.class::cast)
                .orElseGet(
                    () ->
                        send(
                            WxApi.REQUEST,
                            () -> RequestRules.outgoing(request, target.orElseThrow()),
                            request.timeout())));
  }

  /** {@code wx.uploadFile}. The wire log tells of the body how long the file is. */
  public WxResult upload(WxUpload upload) {
    Optional<URI> target = RequestRules.target(upload.url());
    return logged(
        "POST",
        target,
        upload.header(),
        Optional.empty(),
        Optional.of("multipart/form-data, a file of " + upload.content().length + " bytes"),
        () ->
            RequestRules.refusal(WxApi.UPLOAD_FILE, target)
                .map(WxResult.class::cast)
                .orElseGet(
                    () ->
                        send(
                            WxApi.UPLOAD_FILE,
                            () -> RequestRules.outgoing(upload, target.orElseThrow()),
                            upload.timeout())));
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

  /** What a call to WeChat itself gives, if the phone can make it. */
  private WxResult online(WxApi api, Supplier<WxResult> call) {
    if (network.isOffline()) {
      return NetworkFailure.DISCONNECTED.of(api);
    }
    try {
      return call.get();
    } catch (NoSuchElementException noSuchApp) {
      return api.fail(ERRNO_INVALID_APPID, "invalid appid");
    }
  }

  private WxResult send(WxApi api, Supplier<HttpRequest> request, Duration timeout) {
    HttpRequest outgoing;
    try {
      outgoing = request.get();
    } catch (IllegalArgumentException e) {
      return api.fail(Failure.ERRNO_INVALID, "invalid header");
    }
    return network.send(api, outgoing, timeout);
  }

  private WxResult logged(
      String method,
      Optional<URI> target,
      Map<String, String> requestHeader,
      Optional<String> requestBody,
      Optional<String> note,
      Supplier<WxResult> call) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    WxResult result = call.get();
    Optional<WxResult.Response> response =
        result instanceof WxResult.Response answered ? Optional.of(answered) : Optional.empty();
    Optional<String> failure =
        result instanceof Failure failed ? Optional.of(failed.errMsg()) : Optional.empty();
    wire.record(
        new Traffic(
            at,
            Party.MINI_PROGRAM,
            Party.SERVER,
            method,
            target.map(URI::getRawPath).orElse(""),
            target.map(URI::getRawQuery),
            response.map(WxResult.Response::statusCode).orElse(0),
            (System.nanoTime() - start) / 1_000_000,
            requestBody,
            response.map(WxResult.Response::data).filter(body -> !body.isEmpty()),
            response.flatMap(answer -> header(answer.header(), "content-type")),
            header(requestHeader, "authorization"),
            header(requestHeader, "idempotency-key"),
            Stream.of(note, failure)
                .flatMap(Optional::stream)
                .reduce((size, why) -> size + ": " + why)));
    return result;
  }

  private static Optional<String> header(Map<String, String> headers, String lowerCaseName) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(lowerCaseName))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
