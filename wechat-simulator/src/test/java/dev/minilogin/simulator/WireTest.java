package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.SECRET;
import static dev.minilogin.simulator.Probe.contentType;
import static dev.minilogin.simulator.Probe.exchange;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.client.WxRequest;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WireTest extends SimulatorFixture {

  @Test
  void a_call_of_the_server_is_logged_with_its_answer() {
    probe.get(exchange(wechat.issueCode(APP, "alice")));

    JsonNode entry = json(probe.get("/simulator/wire")).path(0);

    assertThat(entry.path("at").asText()).isEqualTo(START.toString());
    assertThat(entry.path("from").asText()).isEqualTo("server");
    assertThat(entry.path("to").asText()).isEqualTo("wechat");
    assertThat(entry.path("method").asText()).isEqualTo("GET");
    assertThat(entry.path("path").asText())
        .matches(
            "/sns/jscode2session\\?appid=wx1111aaaa2222bbbb&secret=0123…\\(32\\)"
                + "&js_code=....…\\(32\\)&grant_type=authorization_code");
    assertThat(entry.path("status").asInt()).isEqualTo(200);
    assertThat(entry.path("responseBody").asText())
        .matches(
            "\\{\"session_key\":\"....…\\(24\\)\",\"openid\":\"o...…\\(28\\)\","
                + "\"unionid\":\"o...…\\(28\\)\"}");
    assertThat(entry.has("requestBody")).isFalse();
    assertThat(entry.has("note")).isFalse();
  }

  @Test
  void no_secret_ever_reaches_the_wire_log_or_the_console() {
    List<String> secrets = new ArrayList<>(List.of(SECRET, "mls1_plantedPlantedPlanted"));
    String code = wechat.issueCode(APP, "alice");
    secrets.add(code);
    JsonNode session = json(probe.get(exchange(code)));
    session.forEach(value -> secrets.add(value.asText()));
    String credentials = "appid=" + APP + "&secret=" + SECRET;
    HttpResponse<String> plain =
        probe.get("/cgi-bin/token?grant_type=client_credential&" + credentials);
    secrets.add(json(plain).path("access_token").asText());
    HttpResponse<String> stable =
        probe.post(
            "/cgi-bin/stable_token",
            "{\"grant_type\":\"client_credential\",\"appid\":\"%s\",\"secret\":\"%s\"}"
                .formatted(APP, SECRET));
    secrets.add(json(stable).path("access_token").asText());
    probe.post("/cgi-bin/stable_token", "{\"secret\":\"" + SECRET + "\",\"appid");
    wechat.addFault(
        Fault.on(Api.JSCODE2SESSION)
            .body("<html>" + session.path("session_key").asText() + " " + SECRET)
            .always());
    probe.get(exchange(code));
    wechat
        .phone()
        .request(
            new WxRequest(
                APP,
                "release",
                wechat.uri() + exchange(code),
                "POST",
                Map.of("Authorization", "Bearer mls1_plantedPlantedPlanted"),
                Optional.of("{\"code\":\"" + code + "\",\"client\":{\"iv\":\"" + SECRET + "\"}}"),
                Duration.ofSeconds(20)));

    String seen =
        Stream.of("wire", "apps", "users", "faults", "settings", "clock", "")
            .map(path -> probe.get("/simulator/" + path).body())
            .reduce("", String::concat);

    assertThat(secrets).hasSize(8).allSatisfy(secret -> assertThat(seen).doesNotContain(secret));
    assertThat(wechat.wireAfter(0)).hasSize(7);
    assertThat(wechat.wireAfter(0).toString()).doesNotContain(secrets);
    assertThat(wechat.apps().toString()).doesNotContain(SECRET);
  }

  @Test
  void the_log_is_bounded() {
    for (int i = 0; i < 510; i++) {
      probe.get("/p" + i);
    }

    JsonNode entries = json(probe.get("/simulator/wire"));

    assertThat(entries).hasSize(500);
    assertThat(entries.path(0).path("path").asText()).isEqualTo("/p10");
  }

  @Test
  @Timeout(30)
  void the_stream_gives_what_was_and_what_comes() throws IOException {
    probe.get("/before");
    try (Socket socket = stream("/simulator/wire/stream", "")) {
      BufferedReader events = reader(socket);

      assertThat(nextEvent(events).path("path").asText()).isEqualTo("/before");
      probe.get("/after");
      JsonNode event = nextEvent(events);

      assertThat(event).isEqualTo(json(probe.get("/simulator/wire")).path(1));
    }
  }

  @Test
  @Timeout(30)
  void the_stream_goes_on_where_the_caller_left_it() throws IOException {
    probe.get("/one");
    probe.get("/two");
    try (Socket byQuery = stream("/simulator/wire/stream?after=1", "");
        Socket byHeader = stream("/simulator/wire/stream", "Last-Event-ID: 1\r\n")) {
      assertThat(nextEvent(reader(byQuery)).path("path").asText()).isEqualTo("/two");
      assertThat(nextEvent(reader(byHeader)).path("path").asText()).isEqualTo("/two");
    }
    HttpResponse<String> junk = probe.get("/simulator/wire/stream?after=x");
    assertThat(junk.statusCode()).isEqualTo(400);
    assertThat(contentType(junk)).isEqualTo("text/plain");
  }

  @Test
  @Timeout(30)
  void the_stream_ends_with_the_simulator() throws IOException {
    try (Socket socket = stream("/simulator/wire/stream", "")) {
      BufferedReader events = reader(socket);
      assertThat(events.readLine()).isEqualTo("HTTP/1.1 200 OK");

      wechat.close();

      assertThat(events.lines().toList()).noneMatch(line -> line.startsWith("data:"));
    }
  }

  private Socket stream(String path, String header) throws IOException {
    Socket socket = new Socket(wechat.uri().getHost(), wechat.uri().getPort());
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static JsonNode nextEvent(BufferedReader events) throws IOException {
    String line = events.readLine();
    String kind = "";
    while (!line.startsWith("data: ")) {
      kind = line.startsWith("event: ") ? line : kind;
      line = events.readLine();
    }
    assertThat(kind).isEqualTo("event: wire");
    return json(line.substring("data: ".length()));
  }
}
