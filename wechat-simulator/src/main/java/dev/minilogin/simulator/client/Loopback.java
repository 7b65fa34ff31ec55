package dev.minilogin.simulator.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Which host names mean this machine, told from the name alone: no DNS can talk us into another
 * answer.
 */
public final class Loopback {

  private static final Pattern IPV4 = Pattern.compile("127(\\.\\d{1,3}){3}");

  private Loopback() {}

  /**
   * Whether a host as in a URL ({@code localhost}, {@code 127.0.0.1}, {@code [::1]}) is this
   * machine.
   */
  public static boolean isHost(String host) {
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || IPV4.matcher(host).matches());
  }

  /** Whether a Host header, with or without a port, names this machine. */
  public static boolean isHostHeader(String header) {
    return header != null && isHost(header.replaceFirst(":\\d+$", ""));
  }

  /** Whether an Origin header names a page of this machine. */
  public static boolean isOrigin(String origin) {
    try {
      URI uri = new URI(origin);
      return uri.getScheme() != null && uri.getScheme().matches("https?") && isHost(uri.getHost());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
