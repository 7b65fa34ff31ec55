package dev.minilogin.adapters.web.network;

import java.net.InetAddress;
import java.util.List;

/** The proxies whose word on where a request comes from is taken. */
public final class TrustedProxies {
  /** No proxy is trusted: a request comes from where its connection comes from. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = ranges;
  }

  /**
   * The proxies at these addresses.
   *
   * @param text addresses and ranges like {@code 10.0.0.0/8}, with commas between
   * @throws IllegalArgumentException if one is neither
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(
        text.isBlank()
            ? List.of()
            : List.of(text.split(",", -1)).stream()
                .map(String::strip)
                .map(AddressRange::parse)
                .toList());
  }

  boolean contains(InetAddress address) {
    for (AddressRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
