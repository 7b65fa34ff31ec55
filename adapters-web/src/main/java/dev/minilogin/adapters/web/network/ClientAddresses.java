package dev.minilogin.adapters.web.network;

import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the address that a request comes from. That is its connection's, unless a trusted proxy
 * holds the other end: then it is the last one in {@code X-Forwarded-For} that isn't a trusted
 * proxy's, since everything before it may be invented. {@code Forwarded} (RFC 7239) isn't read.
 */
@Singleton
public final class ClientAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);
  private static final String HEADER = "X-Forwarded-For";

  /** Some proxies add the port: {@code 192.0.2.1:443}, {@code [2001:db8::1]:443}. */
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::\\d{1,5})?");

  private final TrustedProxies proxies;
  private final AtomicBoolean warned = new AtomicBoolean();

  ClientAddresses(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  /** Where a request comes from. */
  public ClientAddress of(HttpRequest<?> request) {
    return of(request.getRemoteAddress().getAddress(), request.getHeaders().getAll(HEADER));
  }

  /**
   * @param peer the other end of the connection
   * @param headers the values of all {@code X-Forwarded-For}, in their order
   */
  ClientAddress of(InetAddress peer, List<String> headers) {
    if (headers.isEmpty()) {
      return new ClientAddress(peer);
    }
    if (!proxies.contains(peer)) {
      warnOfProxy(peer);
      return new ClientAddress(peer);
    }
    return new ClientAddress(forwardedFor(headers).orElse(peer));
  }

  /**
   * The last one that is no proxy's, or the first one if all are. Nothing if a text that is no
   * address comes before it is found: whoever wrote that is no proxy that we understand.
   */
  private Optional<InetAddress> forwardedFor(List<String> headers) {
    Optional<InetAddress> proxy = Optional.empty();
    for (String header : headers.reversed()) {
      for (String text : List.of(header.split(",", -1)).reversed()) {
        Optional<InetAddress> address = address(text.strip());
        if (address.isEmpty() || !proxies.contains(address.get())) {
          return address;
        }
        proxy = address;
      }
    }
    return proxy;
  }

  private static Optional<InetAddress> address(String text) {
    return AddressLiteral.parse(text)
        .or(
            () -> {
              Matcher withPort = WITH_PORT.matcher(text);
              if (!withPort.matches()) {
                return Optional.empty();
              }
              return AddressLiteral.parse(
                  withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
            });
  }

  /** Once: behind a proxy that isn't trusted, all clients seem to be one. */
  private void warnOfProxy(InetAddress peer) {
    boolean near = peer.isSiteLocalAddress() || peer.isLoopbackAddress();
    if (near && warned.compareAndSet(false, true)) {
      LOG.warn(
          "requests come through a proxy at {} that isn't trusted, so that all its clients share"
              + " one address and its rate limits; if it is yours, set MINI_LOGIN_TRUSTED_PROXIES",
          peer.getHostAddress());
    }
  }
}
