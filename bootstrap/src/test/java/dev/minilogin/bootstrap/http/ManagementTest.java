package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The port for operators: what is there, and that none of it is anywhere else. */
@ExtendWith(Stage.Given.class)
class ManagementTest {
  private final Stage stage;

  ManagementTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void its_health_tells_of_wechat_in_detail() {
    stage.client.checkSessionKey(stage.newLogin().token()).has(200);

    HttpResponse<String> health = stage.server.askManagement("/health");

    assertThat(health.body())
        .contains("\"wechat\"", "\"" + Stage.APP + "\":{\"status\":\"UP\"}")
        .doesNotContain("jdbc");
    assertThat(Secrets.used()).noneMatch(health.body()::contains);
  }

  @Test
  void its_metrics_count_calls_and_requests() {
    stage.client.checkSessionKey(stage.newLogin().token()).has(200);

    HttpResponse<String> metrics = stage.server.askManagement("/prometheus");

    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body())
        .containsPattern(
            "mini_login_wechat_calls_seconds_count\\{api=\"code2Session\",outcome=\"ok\"} \\d")
        .containsPattern(
            "mini_login_wechat_calls_seconds_count\\{api=\"checkSessionKey\",outcome=\"ok\"} \\d")
        .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/v1/me/session-key\"");
  }

  @Test
  void its_metrics_have_no_secret_and_nothing_that_a_stranger_chose() {
    String key = "A".repeat(32);
    String chosen = "chosen-by-a-stranger";
    stage.client.get("/avatars/" + key).isProblem(404, "not-found");
    stage.client.get("/wechat/push/" + chosen + "?signature=" + chosen).has(403);
    stage.client.get("/" + chosen).isProblem(404, "not-found");
    stage.client.get("/v1/" + chosen + "?token=" + chosen).has(404);
    stage.client.send(
        stage
            .client
            .to("/v1/me")
            .method(chosen.toUpperCase(), HttpRequest.BodyPublishers.noBody()));

    String metrics = stage.server.askManagement("/prometheus").body();

    assertThat(metrics).contains("http_server_requests_seconds_count");
    assertThat(metrics).doesNotContain(key, chosen, chosen.toUpperCase());
    assertThat(Secrets.used()).noneMatch(metrics::contains);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health",
        "/health/liveness",
        "/health/readiness",
        "/prometheus",
        "/metrics",
        "/info",
        "/env",
        "/beans",
        "/routes",
        "/loggers",
        "/threaddump",
        "/refresh",
        "/stop",
        "/caches"
      })
  void nothing_of_it_is_at_the_port_for_clients(String path) {
    stage.client.get(path).isProblem(404, "not-found");
    stage
        .client
        .send(stage.client.to(path).POST(HttpRequest.BodyPublishers.noBody()))
        .isProblem(404, "not-found");
  }

  @Test
  void it_has_nothing_else() {
    for (String path :
        List.of(
            "/metrics",
            "/info",
            "/env",
            "/beans",
            "/routes",
            "/loggers",
            "/threaddump",
            "/caches",
            "/v1/me",
            "/v1/sessions/current",
            "/wechat/push/" + Stage.APP)) {
      assertThat(stage.server.askManagement(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
