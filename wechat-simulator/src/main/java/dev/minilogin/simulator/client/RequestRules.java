package dev.minilogin.simulator.client;

import dev.minilogin.simulator.client.WxResult.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code wx.request} and {@code wx.uploadFile} allow, and what WeChat adds to a request by
 * itself.
 */
final class RequestRules {

  /** PATCH is not among them. TRACE and CONNECT are, in the manual; no HTTP client sends them. */
  private static final Set<String> METHODS =
      Set.of("OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE");

  private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");

  /** Set by WeChat or by the HTTP client, never by the mini program. */
  private static final Set<String> NOT_SETTABLE =
      Set.of(
          "referer",
          "user-agent",
          "host",
          "connection",
          "content-length",
          "expect",
          "upgrade",
          "transfer-encoding");

  private static final String USER_AGENT =
      "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A.240205.002; wv) AppleWebKit/537.36"
          + " (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36"
          + " MicroMessenger/8.0.50.2701(0x2800325B) WeChat/arm64 Weixin NetType/WIFI"
          + " Language/zh_CN ABI/arm64 MiniProgramEnv/android";

  private RequestRules() {}

  /** The target, if it is a URL at all. */
  static Optional<URI> target(String url) {
    try {
      URI uri = new URI(url);
      boolean http = uri.getScheme() != null && uri.getScheme().matches("(?i)https?");
      return http && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Why the request must not be sent, if so. */
  static Optional<Failure> refusal(WxRequest request, Optional<URI> target) {
    return METHODS.contains(method(request))
        ? refusal(WxApi.REQUEST, target)
        : Optional.of(WxApi.REQUEST.fail(Failure.ERRNO_INVALID, "invalid method"));
  }

  /** Why nothing may be sent to a target, if so. */
  static Optional<Failure> refusal(WxApi api, Optional<URI> target) {
    if (target.isEmpty()) {
      return Optional.of(api.fail(Failure.ERRNO_INVALID, "invalid url"));
    }
    return Loopback.isHost(target.get().getHost())
        ? Optional.empty()
        : Optional.of(api.fail(Failure.ERRNO_DOMAIN, "url not in domain list"));
  }

  static String method(WxRequest request) {
    return request.method().toUpperCase(Locale.ROOT);
  }

  /** The body that is sent: none with GET and HEAD. */
  static Optional<String> body(WxRequest request) {
    return request.data().filter(data -> !WITHOUT_BODY.contains(method(request)));
  }

  /**
   * The request as it goes out.
   *
   * @throws IllegalArgumentException a header that HTTP does not allow
   */
  static HttpRequest outgoing(WxRequest request, URI target) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target).setHeader("Content-Type", "application/json");
    addHeaders(builder, request.header(), referer(request.appId(), request.envVersion()));
    return withMethod(builder, method(request), body(request)).build();
  }

  /**
   * The upload as it goes out: by POST, with its length, and with WeChat's own Content-Type.
   *
   * @throws IllegalArgumentException a header that HTTP does not allow
   */
  static HttpRequest outgoing(WxUpload upload, URI target) {
    Multipart form = new Multipart();
    HttpRequest.Builder builder = HttpRequest.newBuilder(target);
    addHeaders(builder, upload.header(), referer(upload.appId(), upload.envVersion()));
    return builder
        .setHeader("Content-Type", form.contentType())
        .POST(BodyPublishers.ofByteArray(form.body(upload)))
        .build();
  }

  private static void addHeaders(
      HttpRequest.Builder builder, Map<String, String> header, String referer) {
    header.forEach(
        (name, value) -> {
          if (!NOT_SETTABLE.contains(name.toLowerCase(Locale.ROOT))) {
            builder.setHeader(name, value);
          }
        });
    builder.setHeader("Referer", referer).setHeader("User-Agent", USER_AGENT);
  }

  /** Not {@code method(…, noBody())} for all: that would announce a body of length 0. */
  private static HttpRequest.Builder withMethod(
      HttpRequest.Builder builder, String method, Optional<String> body) {
    if (body.isPresent()) {
      return builder.method(method, BodyPublishers.ofString(body.get()));
    }
    return switch (method) {
      case "GET" -> builder.GET();
      case "HEAD" -> builder.HEAD();
      case "DELETE" -> builder.DELETE();
      default -> builder.method(method, BodyPublishers.noBody());
    };
  }

  private static String referer(String appId, String envVersion) {
    String version =
        switch (envVersion) {
          case "release" -> "1";
          case "devtools" -> "devtools";
          default -> "0";
        };
    return "https://servicewechat.com/" + appId + "/" + version + "/page-frame.html";
  }
}
