package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.web.problem.ProblemCode;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API's description says enough for answers to be held against it. */
class DescriptionTest {
  private static final Set<String> OPEN =
      Set.of(
          "POST /v1/sessions",
          "GET /avatars/{key}",
          "GET /health/live",
          "GET /health/ready",
          "GET /wechat/push/{appId}",
          "POST /wechat/push/{appId}");

  @Test
  void it_has_these_routes_and_no_others() {
    assertThat(operations().keySet())
        .containsExactlyInAnyOrder(
            "GET /health/live",
            "GET /health/ready",
            "POST /v1/sessions",
            "GET /v1/sessions/current",
            "DELETE /v1/sessions/current",
            "GET /v1/me",
            "PATCH /v1/me",
            "POST /v1/me",
            "DELETE /v1/me",
            "POST /v1/me/deletion",
            "GET /v1/me/export",
            "POST /v1/me/export",
            "POST /v1/me/avatar",
            "GET /avatars/{key}",
            "GET /v1/sessions",
            "DELETE /v1/sessions",
            "DELETE /v1/sessions/{id}",
            "POST /v1/me/phone",
            "DELETE /v1/me/phone",
            "POST /v1/me/open-data",
            "POST /v1/me/encrypted",
            "GET /v1/me/session-key",
            "POST /v1/me/session-key/reset",
            "POST /v1/me/plugin",
            "GET /wechat/push/{appId}",
            "POST /wechat/push/{appId}");
  }

  @Test
  void every_route_has_one_success_and_its_problems() {
    assertThat(operations())
        .allSatisfy(
            (route, operation) -> {
              Map<String, ApiResponse> answers = operation.getResponses();
              assertThat(answers).as(route).hasSize(4).containsKeys("429", "4XX", "5XX");
              for (String problem : List.of("429", "4XX", "5XX")) {
                assertThat(answers.get(problem).getContent())
                    .as(route)
                    .containsOnlyKeys("application/problem+json");
              }
            });
  }

  @Test
  void a_route_that_is_not_open_names_the_token() {
    assertThat(operations())
        .allSatisfy(
            (route, operation) -> {
              if (OPEN.contains(route)) {
                assertThat(operation.getSecurity()).as(route).isNull();
              } else {
                assertThat(operation.getSecurity()).as(route).hasSize(1);
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LogInResponse",
        "Session",
        "User",
        "FieldReview",
        "OpenData",
        "SessionKeyState",
        "PluginUser",
        "Health"
      })
  void every_field_of_an_answer_is_always_there(String name) {
    Schema<?> schema = Contract.description().getComponents().getSchemas().get(name);

    assertThat(schema.getRequired())
        .containsExactlyInAnyOrderElementsOf(schema.getProperties().keySet());
  }

  @Test
  void every_problem_is_in_it() {
    Schema<?> codes = Contract.description().getComponents().getSchemas().get("ProblemCode");

    assertThat(codes.getEnum().stream().map(String::valueOf))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::text).toList());
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>();
    for (Map.Entry<String, PathItem> path : Contract.description().getPaths().entrySet()) {
      path.getValue()
          .readOperationsMap()
          .forEach((method, operation) -> operations.put(method + " " + path.getKey(), operation));
    }
    return operations;
  }
}
