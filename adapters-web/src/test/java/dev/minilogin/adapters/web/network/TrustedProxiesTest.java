package dev.minilogin.adapters.web.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.128.0.0/9, 10.128.0.0, true",
    "10.128.0.0/9, 10.127.255.255, false",
    "10.1.2.3/8, 10.0.0.0, true",
    "192.0.2.64/31, 192.0.2.65, true",
    "192.0.2.64/31, 192.0.2.66, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1/32, 192.0.2.0, false",
    "0.0.0.0/0, 255.255.255.255, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::7, 2001:db8::7, true",
    "2001:db8::7/128, 2001:db8::8, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
  })
  void a_range_has_the_addresses_that_begin_like_it(String range, String address, boolean trusted) {
    assertThat(TrustedProxies.parse(range).contains(InetAddress.ofLiteral(address)))
        .isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy",
        "localhost",
        "10.0.0.0/33",
        "2001:db8::/129",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0/8",
        "10.0.0.1,",
        "10.0.0.1;10.0.0.2",
        "fe80::1%eth0",
        "*",
      })
  void what_is_no_address_or_range_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TrustedProxies.parse(text));
  }

  @Test
  void nothing_is_no_proxy() {
    assertThat(TrustedProxies.parse(" ").contains(InetAddress.ofLiteral("10.0.0.1"))).isFalse();
  }
}
