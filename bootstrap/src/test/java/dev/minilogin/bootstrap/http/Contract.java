package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.adapters.web.problem.ProblemCode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What holds of every answer, whatever the request: the API's description, and what it can't say.
 */
final class Contract {
  /** Where the build puts the API's description. */
  private static final String RESOURCE = "META-INF/swagger/mini-login.yml";

  private static final Pattern INSIDES =
      Pattern.compile(
          "Exception|Error:|\\bat"
              + " [a-z.]+\\(|dev\\.minilogin|micronaut|netty|jackson|java\\.|jdbc|hikari|mysql|mariadb|(?i:select"
              + " |insert |update |delete from)|/home/|/tmp/|\\.java");

  private static final Set<String> REASONS =
      Set.of(
          "idle",
          "expired",
          "replaced",
          "revoked",
          "signed-out",
          "user-suspended",
          "account-deleted",
          "app-disabled");

  private static final OpenAPI DESCRIPTION =
      new OpenAPIV3Parser().readContents(read()).getOpenAPI();

  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createForInlineApiSpecification(read()).build();

  private Contract() {}

  private static String read() {
    try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The API's description, as the build generated it. */
  static OpenAPI description() {
    return DESCRIPTION;
  }

  /** Returns the answer if it keeps to the contract. */
  static Answer check(Answer answer) {
    assertThat(answer.status()).as("a defect: %s", answer).isNotEqualTo(500);
    describedAsItIs(answer);
    holdsNoSecret(answer);
    if (answer.path().startsWith("/v1/") || answer.status() >= 400) {
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }
    if (answer.status() >= 400 && !answer.method().equals("HEAD")) {
      isProblemDocument(answer);
    }
    return answer;
  }

  private static void describedAsItIs(Answer answer) {
    if (answer.method().equals("HEAD")) {
      assertThat(answer.bytes()).isEmpty();
      return;
    }
    SimpleResponse.Builder response = SimpleResponse.Builder.status(answer.status());
    answer.headers().forEach(response::withHeader);
    if (answer.bytes().length > 0) {
      response.withBody(answer.bytes());
    }
    boolean isRoute = isRoute(answer.method(), answer.path());
    assertThat(isRoute || answer.status() >= 400)
        .as("success where the API's description has no route: %s", answer)
        .isTrue();
    // A problem looks the same everywhere, so where there is no route, any route's will do.
    ValidationReport report =
        isRoute
            ? VALIDATOR.validateResponse(
                answer.path(), Request.Method.valueOf(answer.method()), response.build())
            : VALIDATOR.validateResponse("/v1/me", Request.Method.GET, response.build());
    assertThat(report.getMessages())
        .as("%s against the API's description", answer)
        .noneMatch(message -> message.getLevel() == ValidationReport.Level.ERROR);
  }

  private static boolean isRoute(String method, String path) {
    return DESCRIPTION.getPaths().entrySet().stream()
        .filter(item -> isOf(item.getKey(), path))
        .flatMap(item -> item.getValue().readOperationsMap().keySet().stream())
        .anyMatch(known -> known.name().equals(method));
  }

  /** Whether a path is one of those that a template like {@code /avatars/{key}} stands for. */
  private static boolean isOf(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    return wanted.length == given.length
        && IntStream.range(0, wanted.length)
            .allMatch(
                i -> wanted[i].startsWith("{") ? !given[i].isEmpty() : wanted[i].equals(given[i]));
  }

  private static void holdsNoSecret(Answer answer) {
    String text = answer.headers() + "\n" + withoutWhatItIsFor(answer);
    assertThat(Secrets.inAnswers().noted(text)).as("secrets in %s", text).isEmpty();
    assertThat(Leaks.lookalikes(text)).as("what looks like secrets in %s", text).isEmpty();
  }

  /** The text without a token that it gives, and without whom an export is about. */
  private static String withoutWhatItIsFor(Answer answer) {
    String text =
        givenToken(answer)
            .map(token -> answer.text().replace(Secrets.note(token), ""))
            .orElseGet(answer::text);
    if (answer.status() == 200 && answer.path().equals("/v1/me/export")) {
      for (String field : List.of("openid", "unionid", "number")) {
        for (String value : answer.json().findValuesAsText(field)) {
          text = text.replace(value, "");
        }
      }
    }
    return text;
  }

  private static Optional<String> givenToken(Answer answer) {
    if (answer.status() == 201 && answer.path().equals("/v1/sessions")) {
      return Optional.ofNullable(answer.token());
    }
    boolean bound = answer.status() == 200 && answer.path().equals("/v1/me/phone");
    return bound && answer.json().hasNonNull("session")
        ? Optional.of(answer.json().get("session").get("token").asText())
        : Optional.empty();
  }

  private static void isProblemDocument(Answer answer) {
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    JsonNode problem = answer.json();
    ProblemCode code = code(problem.get("code").asText());
    assertThat(answer.status()).isEqualTo(code.status()).isEqualTo(problem.get("status").asInt());
    assertThat(problem.get("action").asText()).isEqualTo(code.action().text());
    assertThat(problem.get("type").asText()).isEqualTo("urn:mini-login:problem:" + code.text());
    assertThat(problem.get("title").asText()).isEqualTo(code.title());
    assertThat(problem.get("detail").asText()).isNotBlank();
    assertThat(problem.get("traceId").asText()).matches("[0-9a-f]{32}");
    assertThat(answer.text()).doesNotContainPattern(INSIDES);
    assertThat(answer.header("Retry-After").map(Integer::parseInt).orElse(null))
        .isEqualTo(problem.has("retryAfter") ? problem.get("retryAfter").asInt() : null)
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(), seconds -> assertThat(seconds).isPositive());
    if (answer.status() == 401) {
      assertThat(answer.header("WWW-Authenticate"))
          .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
    }
    if (answer.status() == 405) {
      assertThat(answer.header("Allow")).isPresent();
    }
    assertThat(problem.has("reason")).isEqualTo(code == ProblemCode.SESSION_ENDED);
    if (problem.has("reason")) {
      assertThat(REASONS).contains(problem.get("reason").asText());
    }
    assertThat(problem.has("errors")).isEqualTo(code == ProblemCode.INVALID_REQUEST);
    if (problem.has("errors")) {
      assertThat(problem.get("errors")).isNotEmpty();
    }
  }

  private static ProblemCode code(String text) {
    List<ProblemCode> found =
        Arrays.stream(ProblemCode.values()).filter(code -> code.text().equals(text)).toList();
    assertThat(found).as("problem codes that are %s", text).hasSize(1);
    return found.getFirst();
  }
}
