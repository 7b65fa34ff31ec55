package dev.minilogin.adapters.web.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses in text. Nothing is ever looked up: what is no address is nothing. */
final class AddressLiteral {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

  /** Without a zone: that means something only on the machine that wrote it. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  private AddressLiteral() {}

  /** An address in one of the usual forms; an IPv4 address that is mapped to IPv6 as the former. */
  static Optional<InetAddress> parse(String text) {
    boolean wellFormed =
        IPV4.matcher(text).matches() || text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    if (!wellFormed) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
