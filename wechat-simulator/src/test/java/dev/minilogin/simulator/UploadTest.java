package dev.minilogin.simulator;

import static dev.minilogin.simulator.Probe.APP;
import static dev.minilogin.simulator.Probe.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.wire.WireEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadTest extends SimulatorFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void an_upload_arrives_as_from_weChat() throws IOException {
    try (OneShotServer server = new OneShotServer("HTTP/1.1 201 Created", "X-A: 1", "{\"ö\":1}")) {
      ObjectNode upload = upload(server.url() + "/v1/avatar?q=1");
      upload
          .putObject("header")
          .put("Authorization", "Bearer mls1_plantedPlanted")
          .put("Content-Type", "text/plain")
          .put("Referer", "https://elsewhere.example")
          .put("transfer-encoding", "chunked");
      upload.putObject("formData").put("kind", "avatar");

      JsonNode result = post(upload);

      String seen = server.request();
      String boundary = seen.replaceFirst("(?s).*boundary=([0-9a-f]{32})\r\n.*", "$1");
      String body =
          """
          --B
          Content-Disposition: form-data; name="kind"

          avatar
          --B
          Content-Disposition: form-data; name="file"; filename="tmp_1.png"
          Content-Type: image/png

          the picture
          --B--
          """
              .replace("\n", "\r\n")
              .replace("--B", "--" + boundary);
      assertThat(seen)
          .startsWith("POST /v1/avatar?q=1 HTTP/1.1\r\n")
          .contains("Content-Length: " + body.length() + "\r\n")
          .contains("Content-Type: multipart/form-data; boundary=" + boundary + "\r\n")
          .contains("Authorization: Bearer mls1_plantedPlanted\r\n")
          .contains("Referer: https://servicewechat.com/" + APP + "/0/page-frame.html\r\n")
          .containsPattern("User-Agent: .*MicroMessenger/")
          .doesNotContain("chunked", "text/plain", "elsewhere")
          .endsWith("\r\n\r\n" + body);
      assertThat(result.path("statusCode").asInt()).isEqualTo(201);
      assertThat(result.path("data").isTextual()).isTrue();
      assertThat(result.path("data").asText()).isEqualTo("{\"ö\":1}");
      assertThat(result.path("header").path("x-a").asText()).isEqualTo("1");
    }
    WireEntry entry = wechat.wireAfter(0).getFirst();
    assertThat(entry.from()).isEqualTo("mini-program");
    assertThat(entry.method()).isEqualTo("POST");
    assertThat(entry.path()).isEqualTo("/v1/avatar?q=1");
    assertThat(entry.requestBody()).isEmpty();
    assertThat(entry.note()).contains("multipart/form-data, a file of 11 bytes");
    assertThat(entry.requestHeaders().orElseThrow())
        .containsOnly(Map.entry("authorization", "Bearer mls1…(19)"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com/, 600002, uploadFile:fail url not in domain list",
    "junk, 600009, uploadFile:fail invalid url",
  })
  void only_this_machine_is_in_the_domain_list(String url, int errno, String errMsg) {
    assertThat(post(upload(url)).toString())
        .isEqualTo("{\"errno\":" + errno + ",\"errMsg\":\"" + errMsg + "\"}");
    assertThat(wechat.wireAfter(0).getFirst().note())
        .contains("multipart/form-data, a file of 11 bytes: " + errMsg);
  }

  @Test
  void an_upload_fails_as_a_request_does() throws IOException {
    try (OneShotServer server =
        new OneShotServer("HTTP/1.1 200 OK", "Content-Length: 1000", "half")) {
      JsonNode late = post(upload(server.url() + "/").put("timeout", 200));

      assertThat(late.toString()).isEqualTo("{\"errno\":5,\"errMsg\":\"uploadFile:fail timeout\"}");
    }
    ObjectNode splitting = upload(wechat.uri() + "/");
    splitting.putObject("header").put("X-A", "1\r\nX-B: 2");
    assertThat(post(splitting).path("errMsg").asText()).isEqualTo("uploadFile:fail invalid header");
    wechat.phone().setOffline(true);
    JsonNode offline = post(upload(wechat.uri() + "/"));
    assertThat(offline.path("errno").asInt()).isEqualTo(600001);
    assertThat(offline.path("errMsg").asText())
        .startsWith("uploadFile:fail ")
        .endsWith("net::ERR_INTERNET_DISCONNECTED");
  }

  @Test
  void an_upload_needs_an_app_a_url_a_name_and_a_file() {
    for (String field : new String[] {"appId", "url", "name", "base64"}) {
      ObjectNode upload = upload(wechat.uri() + "/");
      upload.remove(field);

      var answer = probe.post("/client/upload", upload.toString());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(json(answer).path("error").asText()).isEqualTo(field + " is missing");
    }
    assertThat(
            probe
                .post("/client/upload", upload(wechat.uri() + "/").put("base64", "§").toString())
                .statusCode())
        .isEqualTo(400);
  }

  private JsonNode post(ObjectNode upload) {
    return json(probe.post("/client/upload", upload.toString()));
  }

  private static ObjectNode upload(String url) {
    return JSON.createObjectNode()
        .put("appId", APP)
        .put("envVersion", "develop")
        .put("url", url)
        .put("name", "file")
        .put("fileName", "tmp_1.png")
        .put("contentType", "image/png")
        .put(
            "base64",
            Base64.getEncoder().encodeToString("the picture".getBytes(StandardCharsets.US_ASCII)));
  }
}
