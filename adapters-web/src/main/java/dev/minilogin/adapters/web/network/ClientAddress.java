package dev.minilogin.adapters.web.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The address that a request comes from. */
public record ClientAddress(InetAddress address) {
  /** One customer of a provider has at least that much of IPv6, and can use all of it. */
  private static final int IPV6_NETWORK_BYTES = 8;

  /** The address in its usual form: {@code 203.0.113.7}. */
  public String text() {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  /**
   * What one client can be told from others by: an IPv4 address, or the first half of an IPv6
   * address.
   */
  public String network() {
    if (!(address instanceof Inet6Address)) {
      return text();
    }
    byte[] network = Arrays.copyOf(address.getAddress(), address.getAddress().length);
    Arrays.fill(network, IPV6_NETWORK_BYTES, network.length, (byte) 0);
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an address", e);
    }
  }

  @Override
  public String toString() {
    return text();
  }
}
