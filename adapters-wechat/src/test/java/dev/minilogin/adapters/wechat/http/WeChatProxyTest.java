package dev.minilogin.adapters.wechat.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.adapters.wechat.Calls;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.WeChatSettings.Credentials;
import dev.minilogin.adapters.wechat.http.WeChatSettings.Proxy;
import dev.minilogin.domain.testing.Replies;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WeChat behind a proxy, as in networks that let nothing out otherwise. */
class WeChatProxyTest {
  /** A host that only the proxy knows. */
  private static final URI WECHAT = URI.create("http://api.wechat.invalid:8080");

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void wechat_is_reached_through_a_tunnel_and_its_name_is_left_to_the_proxy() {
    try (TunnelProxy proxy = proxy(Optional.empty());
        WeChatAdapter adapter = through(proxy.port(), Optional.empty())) {
      assertThat(call(WeChatApi.CODE2SESSION, adapter)).isInstanceOf(Reply.Given.class);
      assertThat(call(WeChatApi.GET_PHONE_NUMBER, adapter)).isInstanceOf(Reply.Given.class);
      assertThat(proxy.asked()).isNotEmpty().containsOnly("api.wechat.invalid:8080");
    }
  }

  @Test
  void a_proxy_may_ask_for_credentials() {
    String right =
        "Basic " + Base64.getEncoder().encodeToString("us:a:b".getBytes(StandardCharsets.US_ASCII));
    try (TunnelProxy proxy = proxy(Optional.of(right));
        WeChatAdapter adapter = through(proxy.port(), Optional.of(new Credentials("us", "a:b")));
        WeChatAdapter wrong = through(proxy.port(), Optional.of(new Credentials("us", "x")));
        WeChatAdapter none = through(proxy.port(), Optional.empty())) {
      assertThat(call(WeChatApi.CODE2SESSION, adapter)).isInstanceOf(Reply.Given.class);
      assertThat(Replies.failure(call(WeChatApi.CODE2SESSION, wrong)))
          .isEqualTo(WeChatFailure.UNREACHABLE);
      assertThat(Replies.failure(call(WeChatApi.CODE2SESSION, none)))
          .isEqualTo(WeChatFailure.UNREACHABLE);
    }
  }

  @Test
  void without_the_proxy_nothing_is_sent() {
    try (WeChatAdapter adapter = through(WeChatAdapter.nobody().getPort(), Optional.empty())) {
      assertThat(Replies.failure(call(WeChatApi.CODE2SESSION, adapter)))
          .isEqualTo(WeChatFailure.UNREACHABLE);
    }
  }

  @Test
  void credentials_are_not_printed_and_ports_are_ports() {
    Proxy proxy = new Proxy("proxy.example", 3128, Optional.of(new Credentials("us", "geheim")));
    assertThat(WeChatAdapter.settings(WECHAT).withProxy(proxy).toString())
        .contains("proxy.example")
        .doesNotContain("geheim");
    assertThatIllegalArgumentException().isThrownBy(() -> new Proxy("p", 0, Optional.empty()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Proxy("p", 65_536, Optional.empty()));
  }

  private TunnelProxy proxy(Optional<String> authorization) {
    return new TunnelProxy(scene.simulator().uri().getPort(), authorization);
  }

  private static WeChatAdapter through(int port, Optional<Credentials> credentials) {
    return WeChatAdapter.with(
        WeChatAdapter.settings(WECHAT).withProxy(new Proxy("127.0.0.1", port, credentials)));
  }

  private Reply<?> call(WeChatApi api, WeChatAdapter adapter) {
    return Calls.of(api, scene, adapter);
  }
}
