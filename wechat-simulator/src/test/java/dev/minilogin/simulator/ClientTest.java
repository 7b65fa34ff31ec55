package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.wire.WireEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTest extends SimulatorFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void a_login_gives_a_code_that_works() {
    JsonNode login = client("login", "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}");

    assertThat(login.fieldNames()).toIterable().containsExactly("code");
    JsonNode session = json(probe.get(exchange(login.path("code").asText())));
    assertThat(session.path("openid").asText()).isEqualTo(wechat.openid(APP, "alice"));
  }

  @Test
  void a_login_fails_for_an_unknown_app() {
    assertThat(client("login", "{\"appId\":\"wxunknown\",\"user\":\"alice\"}").toString())
        .isEqualTo("{\"errno\":5,\"errMsg\":\"login:fail invalid appid\"}");
  }

  @Test
  void a_phone_without_network_neither_logs_in_nor_requests() {
    assertThat(client("network", "{\"offline\":true}").path("offline").asBoolean()).isTrue();

    JsonNode login = client("login", "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}");
    JsonNode request = client("request", request(wechat.uri() + "/p", "GET"));

    assertThat(login.path("errno").asInt()).isEqualTo(600001);
    assertThat(login.path("errMsg").asText())
        .startsWith("login:fail ")
        .endsWith("net::ERR_INTERNET_DISCONNECTED");
    assertFailure(request, 600001, "request:fail ");
    assertThat(wechat.wireAfter(0)).extracting(WireEntry::to).containsExactly("server");

    client("network", "{\"offline\":false}");
    assertThat(client("request", request(wechat.uri() + "/p", "GET")).path("statusCode").asInt())
        .isEqualTo(200);
  }

  @Test
  void check_session_tells_whether_the_session_key_is_valid() {
    String alice = "{\"appId\":\"" + APP + "\",\"user\":\"alice\"}";
    assertThat(client("check-session", alice).toString()).isEqualTo("{\"valid\":false}");

    client("login", alice);
    assertThat(client("check-session", alice).toString()).isEqualTo("{\"valid\":true}");

    wechat.expireSessionKey(APP, "alice");
    assertThat(client("check-session", alice).toString()).isEqualTo("{\"valid\":false}");
  }

  @Test
  void a_request_arrives_as_from_weChat() throws IOException {
    try (OneShotServer server = new OneShotServer("HTTP/1.1 201 Created", "X-A: 1", "{\"ö\":1}")) {
      JsonNode result =
          client(
              "request",
              request(server.url() + "/v1/sessions?q=1", "post")
                  .put("envVersion", "release")
                  .put("data", "{\"code\":\"planted\",\"ü\":1}")
                  .set(
                      "header",
                      JSON.createObjectNode()
                          .put("Idempotency-Key", "k1")
                          .put("Referer", "https://elsewhere.example")
                          .put("User-Agent", "mine")
                          .put("content-length", "3")));

      String seen = server.request();
      assertThat(seen)
          .startsWith("POST /v1/sessions?q=1 HTTP/1.1\r\n")
          .contains("Referer: https://servicewechat.com/" + APP + "/1/page-frame.html\r\n")
          .contains("Content-Type: application/json\r\n")
          .contains("Idempotency-Key: k1\r\n")
          .contains("Content-Length: 25\r\n")
          .containsPattern("User-Agent: .*MicroMessenger/")
          .doesNotContainIgnoringCase("cookie", "chunked", "elsewhere", "mine\r", "upgrade")
          .endsWith("{\"code\":\"planted\",\"ü\":1}");
      assertThat(result.path("statusCode").asInt()).isEqualTo(201);
      assertThat(result.path("header").path("x-a").asText()).isEqualTo("1");
      assertThat(result.path("data").asText()).isEqualTo("{\"ö\":1}");
    }
    WireEntry entry = wechat.wireAfter(0).getFirst();
    assertThat(entry.from()).isEqualTo("mini-program");
    assertThat(entry.path()).isEqualTo("/v1/sessions?q=1");
    assertThat(entry.requestBody()).contains("{\"code\":\"…(7)\",\"ü\":1}");
    assertThat(entry.requestHeaders().orElseThrow())
        .containsOnly(Map.entry("idempotency-key", "k1"));
  }

  @ParameterizedTest
  @CsvSource({"develop, 0", "trial, 0", "release, 1", "devtools, devtools"})
  void the_referer_tells_the_version(String envVersion, String version) throws IOException {
    try (OneShotServer server = new OneShotServer("HTTP/1.1 200 OK", "X-A: 1", "")) {
      client("request", request(server.url() + "/", "GET").put("envVersion", envVersion));

      assertThat(server.request())
          .contains(
              "Referer: https://servicewechat.com/" + APP + "/" + version + "/page-frame.html");
    }
  }

  @Test
  void a_get_has_no_body() throws IOException {
    try (OneShotServer server = new OneShotServer("HTTP/1.1 200 OK", "X-A: 1", "")) {
      client("request", request(server.url() + "/", "GET").put("data", "{\"a\":1}"));

      assertThat(server.request()).endsWith("\r\n\r\n").doesNotContain("Content-Length");
    }
  }

  @Test
  void any_status_is_an_answer_and_redirects_are_not_followed() throws IOException {
    try (OneShotServer server =
        new OneShotServer("HTTP/1.1 302 Found", "Location: http://elsewhere.example/", "")) {
      JsonNode result = client("request", request(server.url() + "/", "GET"));

      assertThat(result.path("statusCode").asInt()).isEqualTo(302);
    }
  }

  @Test
  void a_leading_byte_order_mark_is_dropped() throws IOException {
    try (OneShotServer server = new OneShotServer("HTTP/1.1 200 OK", "X-A: 1", "\uFEFF{}")) {
      assertThat(client("request", request(server.url() + "/", "GET")).path("data").asText())
          .isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "patch", "CONNECT", "TRACE", "NONSENSE", "G T"})
  void methods_that_wx_request_does_not_know_are_refused(String method) {
    assertFailure(
        client("request", request(wechat.uri() + "/p", method)),
        600009,
        "request:fail invalid method");
    assertThat(wechat.wireAfter(0)).extracting(WireEntry::status).containsExactly(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "junk", "/v1/me", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/", "http://a b/"})
  void what_is_no_url_is_refused(String url) {
    assertFailure(client("request", request(url, "GET")), 600009, "request:fail invalid url");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "https://api.weixin.qq.com/",
        "http://127.0.0.1.example/",
        "http://localhost.example/",
        "http://10.0.0.1/",
        "http://[::2]/",
        "http://0.0.0.0/"
      })
  void only_this_machine_is_in_the_domain_list(String url) {
    assertFailure(
        client("request", request(url, "GET")), 600002, "request:fail url not in domain list");
  }

  @Test
  void headers_that_http_forbids_are_refused() {
    ObjectNode request = request(wechat.uri() + "/p", "GET");
    request.putObject("header").put("X-A", "1\r\nX-B: 2");

    assertFailure(client("request", request), 600009, "request:fail invalid header");
  }

  @Test
  void nobody_listening_is_a_network_failure() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    JsonNode result = client("request", request("http://127.0.0.1:" + port + "/", "GET"));

    assertFailure(result, 600001, "request:fail ");
    assertThat(result.path("errMsg").asText()).endsWith("net::ERR_CONNECTION_REFUSED");
  }

  @Test
  void a_cut_connection_is_a_network_failure() {
    wechat.addFault(Fault.on(Api.TOKEN).cut().always());

    JsonNode result = client("request", request(wechat.uri() + "/cgi-bin/token", "POST"));

    assertFailure(result, 600001, "request:fail ");
    assertThat(result.path("errMsg").asText()).endsWith("net::ERR_CONNECTION_RESET");
  }

  @Test
  void no_answer_in_time_is_a_timeout() {
    wechat.addFault(Fault.on(Api.TOKEN).hang().always());

    JsonNode result =
        client("request", request(wechat.uri() + "/cgi-bin/token", "GET").put("timeout", 50));

    assertFailure(result, 5, "request:fail timeout");
    assertThat(wechat.wireAfter(0).getLast().note()).contains("request:fail timeout");
    assertThat(wechat.wireAfter(0).getLast().millis()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void an_answer_that_stops_halfway_is_a_timeout_too() throws IOException {
    try (OneShotServer server =
        new OneShotServer("HTTP/1.1 200 OK", "Content-Length: 1000", "half")) {
      JsonNode result = client("request", request(server.url() + "/", "GET").put("timeout", 200));

      assertFailure(result, 5, "request:fail timeout");
    }
  }

  @Test
  void a_request_needs_an_app_and_a_url() {
    assertThat(probe.post("/client/request", "{}").statusCode()).isEqualTo(400);
    assertThat(probe.post("/client/request", "{\"appId\":\"wx1\"}").statusCode()).isEqualTo(400);
    assertThat(probe.post("/client/login", "{\"appId\":\"wx1\"}").statusCode()).isEqualTo(400);
    assertThat(probe.get("/client/login").statusCode()).isEqualTo(405);
    assertThat(probe.post("/client/nothing", "{}").statusCode()).isEqualTo(404);
  }

  private JsonNode client(String action, Object body) {
    return json(probe.post("/client/" + action, body.toString()));
  }

  private static ObjectNode request(String url, String method) {
    return JSON.createObjectNode().put("appId", APP).put("url", url).put("method", method);
  }

  private static void assertFailure(JsonNode result, int errno, String errMsg) {
    assertThat(result.fieldNames()).toIterable().containsExactly("errno", "errMsg");
    assertThat(result.path("errno").asInt()).isEqualTo(errno);
    assertThat(result.path("errMsg").asText()).startsWith(errMsg);
  }
}
