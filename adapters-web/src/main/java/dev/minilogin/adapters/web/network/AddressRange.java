package dev.minilogin.adapters.web.network;

import java.net.InetAddress;

/**
 * Addresses that begin with the same bits.
 *
 * @param first an address of them; what comes after the prefix doesn't matter
 * @param prefix how many bits they share
 */
record AddressRange(InetAddress first, int prefix) {
  /**
   * Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32} or a single address.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress first =
        AddressLiteral.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> notOne(text));
    int bits = first.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(first, bits);
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) {
      throw notOne(text);
    }
    return new AddressRange(first, Integer.parseInt(prefix));
  }

  private static IllegalArgumentException notOne(String text) {
    return new IllegalArgumentException(
        "must be addresses and ranges like 10.0.0.0/8 or 2001:db8::7, and not " + text);
  }

  boolean contains(InetAddress address) {
    byte[] ours = first.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (ours[i] != theirs[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || (ours[whole] ^ theirs[whole]) >> (Byte.SIZE - rest) == 0;
  }

  @Override
  public String toString() {
    return first.getHostAddress() + '/' + prefix;
  }
}
