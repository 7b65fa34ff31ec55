package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where WeChat is, how it is reached and how long we wait for it.
 *
 * @param hosts base URLs, tried in this order, the next one only if no connection could be made; at
 *     least one
 * @param limits of the APIs that aren't in {@code ownLimits}
 * @param ownLimits of single APIs
 * @param restAfterFailures how long an API isn't called on a host on which too many calls of it
 *     failed
 * @param proxy through which WeChat is reached; empty if it is reached directly
 */
public record WeChatSettings(
    List<URI> hosts,
    Limits limits,
    Map<WeChatApi, Limits> ownLimits,
    Duration restAfterFailures,
    Optional<Proxy> proxy) {
  /** A risk rank is asked for while a person waits for the login, and is good to have at best. */
  private static final Limits RISK_RANK =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(2_500), 32);

  /** One second to connect to a host, three for the answer, not quite four in all, 32 at once. */
  private static final Limits USUAL =
      new Limits(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofMillis(3_800), 32);

  /**
   * How long the calls of an API may take, and how many there may be.
   *
   * @param connect for one host
   * @param read from the request to the answer
   * @param total for a call in all: whatever the number of hosts that can't be connected to, the
   *     wait for an access_token and a second try included
   * @param callsAtOnce more calls than these are refused here; at least one
   */
  public record Limits(Duration connect, Duration read, Duration total, int callsAtOnce) {
    public Limits {
      Objects.requireNonNull(connect, "connect");
      Objects.requireNonNull(read, "read");
      Objects.requireNonNull(total, "total");
      if (callsAtOnce < 1) {
        throw new IllegalArgumentException("at least one call at once must be allowed");
      }
    }
  }

  /**
   * An HTTP proxy that opens tunnels (CONNECT); what is inside them, it can't read.
   *
   * @param credentials if it asks for them
   */
  public record Proxy(String host, int port, Optional<Credentials> credentials) {
    public Proxy {
      Objects.requireNonNull(host, "host");
      Objects.requireNonNull(credentials, "credentials");
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("the proxy's port must be 1 to 65535");
      }
    }
  }

  /** What a proxy knows us by. */
  public record Credentials(String user, String password) {
    public Credentials {
      Objects.requireNonNull(user, "user");
      Objects.requireNonNull(password, "password");
    }

    @Override
    public String toString() {
      return "Credentials[masked]";
    }
  }

  public WeChatSettings {
    hosts = List.copyOf(hosts);
    ownLimits = Map.copyOf(ownLimits);
    Objects.requireNonNull(restAfterFailures, "restAfterFailures");
    Objects.requireNonNull(proxy, "proxy");
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("WeChat needs at least one host");
    }
    for (WeChatApi api : WeChatApi.values()) {
      Limits own = ownLimits.getOrDefault(api, limits);
      if (own.total().compareTo(own.connect().multipliedBy(hosts.size())) <= 0) {
        throw new IllegalArgumentException("too many hosts of WeChat for the time a call has");
      }
    }
  }

  /** Reached directly, with the usual limits, and shorter ones for what a login can do without. */
  public static WeChatSettings of(List<URI> hosts) {
    return new WeChatSettings(
        hosts,
        USUAL,
        Map.of(WeChatApi.GET_USER_RISK_RANK, RISK_RANK),
        Duration.ofSeconds(3),
        Optional.empty());
  }

  /** The same, reached through a proxy. */
  public WeChatSettings withProxy(Proxy through) {
    return new WeChatSettings(hosts, limits, ownLimits, restAfterFailures, Optional.of(through));
  }

  /** The limits of an API. */
  public Limits limits(WeChatApi api) {
    return ownLimits.getOrDefault(api, limits);
  }
}
