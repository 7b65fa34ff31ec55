package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the server answered.
 *
 * @param method of the request
 * @param path of the request, without its query
 * @param headers by name, in any case
 */
record Answer(
    String method, String path, int status, Map<String, List<String>> headers, byte[] bytes) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Answer {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer is not JSON", e);
    }
  }

  /** The first value of a header. */
  Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The text of a field, or null if it is null or missing. */
  String text(String field) {
    JsonNode value = json().get(field);
    return value == null || value.isNull() ? null : value.asText();
  }

  String token() {
    return text("token");
  }

  JsonNode user() {
    return json().get("user");
  }

  String userId() {
    return user().get("id").asText();
  }

  /** This answer, whose status is as expected. */
  Answer has(int expected) {
    assertThat(status).as("%s %s answered %s", method, path, text()).isEqualTo(expected);
    return this;
  }

  /** This answer, which is the problem with that code. */
  Answer isProblem(int expectedStatus, String code) {
    has(expectedStatus);
    assertThat(text("code")).isEqualTo(code);
    return this;
  }

  /** The fields that a problem names, in order. */
  List<String> fieldsInError() {
    return json().get("errors").findValuesAsText("field");
  }

  @Override
  public String toString() {
    return method + " " + path + " -> " + status + " " + text();
  }
}
