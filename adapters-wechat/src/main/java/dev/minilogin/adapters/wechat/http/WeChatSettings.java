package dev.minilogin.adapters.wechat.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Where WeChat is and how long we wait for it.
 *
 * @param hosts base URLs, tried in this order, the next one only if no connection could be made; at
 *     least one
 * @param connectTimeout for one host
 * @param readTimeout from the request to the answer
 * @param totalTimeout for a call in all, whatever the number of hosts that can't be connected to;
 *     longer than one {@code connectTimeout} for each of them
 * @param callsAtOnce more calls than these are refused here; at least one
 * @param restAfterFailures how long nothing is sent after too many calls failed
 */
public record WeChatSettings(
    List<URI> hosts,
    Duration connectTimeout,
    Duration readTimeout,
    Duration totalTimeout,
    int callsAtOnce,
    Duration restAfterFailures) {
  public WeChatSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("WeChat needs at least one host");
    }
    if (totalTimeout.compareTo(connectTimeout.multipliedBy(hosts.size())) <= 0) {
      throw new IllegalArgumentException("too many hosts of WeChat for the time that a call has");
    }
  }

  /** One second to connect to a host, three for the answer, not quite four in all, 32 at once. */
  public static WeChatSettings of(List<URI> hosts) {
    return new WeChatSettings(
        hosts,
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofMillis(3_800),
        32,
        Duration.ofSeconds(3));
  }
}
