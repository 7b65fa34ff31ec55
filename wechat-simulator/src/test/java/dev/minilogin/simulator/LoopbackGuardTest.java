package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackGuardTest extends SimulatorFixture {

  @Test
  void the_simulator_listens_on_the_loopback_interface() {
    assertThat(wechat.uri().getHost()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/simulator/", "/simulator/wire", "/simulator/wire/stream", "/client/login"})
  void a_foreign_host_header_is_refused(String path) throws IOException {
    String answer =
        probe.raw("GET " + path + " HTTP/1.1\nHost: rebound.example:80\nConnection: close\n\n");

    assertThat(answer).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1.example", "localhost.example", "127.0.0.1@example", "[::2]", ""})
  void a_host_header_that_only_looks_local_is_refused(String host) throws IOException {
    assertThat(wireWith("Host: " + host)).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:9090", "127.0.0.1:1", "127.1.2.3", "[::1]:9090"})
  void a_local_host_header_is_accepted(String host) throws IOException {
    assertThat(wireWith("Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void a_missing_host_header_is_refused() throws IOException {
    assertThat(probe.raw("GET /simulator/wire HTTP/1.0\n\n")).startsWith("HTTP/1.1 403 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "file://localhost"
      })
  void a_foreign_page_is_refused_even_without_a_preflight(String origin) {
    HttpResponse<String> answer =
        probe.send(
            probe
                .request("/simulator/reset")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString("")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void a_page_of_this_machine_gets_cors_headers() {
    HttpResponse<String> answer =
        probe.send(
            probe.request("/simulator/wire").header("Origin", "http://localhost:8080").GET());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://localhost:8080");
    assertThat(answer.headers().firstValue("Vary")).contains("Origin");
  }

  @Test
  void a_preflight_is_answered() {
    HttpResponse<String> answer =
        probe.send(
            probe
                .request("/client/request")
                .header("Origin", "http://127.0.0.1:8080")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("http://127.0.0.1:8080");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
        .contains("Content-Type");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
        .contains("POST", "DELETE");
  }

  @Test
  void weChats_own_apis_answer_under_any_name_but_never_to_pages() throws IOException {
    String answer =
        probe.raw(
            "GET "
                + exchange("c")
                + " HTTP/1.1\n"
                + "Host: api.weixin.qq.com\n"
                + "Origin: http://localhost\n"
                + "Connection: close\n\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .doesNotContainIgnoringCase("access-control-allow-origin");
  }

  private String wireWith(String hostHeader) throws IOException {
    return probe.raw("GET /simulator/wire HTTP/1.1\n" + hostHeader + "\nConnection: close\n\n");
  }
}
