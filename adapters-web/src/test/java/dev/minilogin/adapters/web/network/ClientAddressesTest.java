package dev.minilogin.adapters.web.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
  private static final String PEER = "10.0.0.1";

  private final ClientAddresses behindProxies =
      new ClientAddresses(
          TrustedProxies.parse("10.0.0.0/8, 192.168.7.0/25, 2001:db8:ffff::/48, 203.0.113.250"));

  @ParameterizedTest
  @ValueSource(
      strings = {"198.51.100.9", "127.0.0.1", "10.0.0.1", "unknown", "", ",,,", "2001:db8::1"})
  void without_trusted_proxies_no_header_changes_anything(String forged) {
    ClientAddresses direct = new ClientAddresses(TrustedProxies.NONE);
    assertThat(direct.of(address("203.0.113.7"), List.of(forged)).text()).isEqualTo("203.0.113.7");
    assertThat(direct.of(address(PEER), List.of(forged, forged)).text()).isEqualTo(PEER);
  }

  @Test
  void who_is_no_trusted_proxy_is_not_believed() {
    assertThat(behindProxies.of(address("203.0.113.7"), List.of("198.51.100.9")).text())
        .isEqualTo("203.0.113.7");
    assertThat(behindProxies.of(address("192.168.7.128"), List.of("198.51.100.9")).text())
        .isEqualTo("192.168.7.128");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          203.0.113.7                                  | 203.0.113.7
          198.51.100.9, 203.0.113.7                    | 203.0.113.7
          10.1.1.1, 203.0.113.7                        | 203.0.113.7
          198.51.100.9, 203.0.113.7, 10.9.9.9          | 203.0.113.7
          203.0.113.7, 192.168.7.127, 2001:db8:ffff::2 | 203.0.113.7
          203.0.113.7,203.0.113.250                    | 203.0.113.7
          192.168.7.128, 192.168.7.1                   | 192.168.7.128
          nonsense, 203.0.113.7                        | 203.0.113.7
          '  203.0.113.7	'                            | 203.0.113.7
          203.0.113.7:51234                            | 203.0.113.7
          2001:DB8:0:0::17                             | 2001:db8:0:0:0:0:0:17
          [2001:db8::17]                               | 2001:db8:0:0:0:0:0:17
          [2001:db8::17]:443                           | 2001:db8:0:0:0:0:0:17
          ::ffff:203.0.113.7                           | 203.0.113.7
          203.0.113.7, ::ffff:10.2.3.4                 | 203.0.113.7
          10.2.3.4, 10.5.6.7                           | 10.2.3.4
          """)
  void the_last_address_that_is_no_proxy_counts(String header, String client) {
    assertThat(behindProxies.of(address(PEER), List.of(header)).text()).isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "unknown",
        "203.0.113.7,",
        "203.0.113.7, unknown",
        "203.0.113.7, _hidden, 10.2.3.4",
        "203.0.113.256",
        "203.0.113",
        "3405803783",
        "0xCB.0.113.7",
        "0313.0.113.7",
        "203.0.113.7:999999",
        "203.0.113.7:port",
        "203.0.113.7/32",
        "203.0.113.7 198.51.100.9",
        "203.0.113.7;198.51.100.9",
        "\"203.0.113.7\"",
        "for=203.0.113.7",
        "[203.0.113.7",
        "2001:db8::1::2",
        "2001:db8:0:0:0:0:0:0:1",
        "fe80::1%eth0",
        "localhost",
        "example.com",
        "２０３.0.113.7",
      })
  void a_header_that_makes_no_sense_is_as_none(String header) {
    assertThat(behindProxies.of(address(PEER), List.of(header)).text()).isEqualTo(PEER);
  }

  @Test
  void several_headers_are_one_in_their_order() {
    assertThat(
            behindProxies
                .of(address(PEER), List.of("198.51.100.9", "203.0.113.7, 10.2.3.4", "10.5.6.7"))
                .text())
        .isEqualTo("203.0.113.7");
    assertThat(behindProxies.of(address(PEER), List.of("203.0.113.7", "unknown")).text())
        .isEqualTo(PEER);
  }

  @Test
  void without_the_header_the_proxy_itself_asks() {
    assertThat(behindProxies.of(address(PEER), List.of()).text()).isEqualTo(PEER);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "::ffff:203.0.113.7, 203.0.113.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2:ffff::, 2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:3::, 2001:db8:1:3:0:0:0:0/64",
    "::1, 0:0:0:0:0:0:0:0/64",
  })
  void a_client_is_an_ipv4_address_or_half_an_ipv6_address(String address, String network) {
    assertThat(new ClientAddress(address(address)).network()).isEqualTo(network);
  }

  private static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
