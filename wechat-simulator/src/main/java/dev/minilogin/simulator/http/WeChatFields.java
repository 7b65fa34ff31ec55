package dev.minilogin.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The fields of a JSON body. */
final class WeChatFields {

  private final JsonNode json;

  WeChatFields(JsonNode json) {
    this.json = json;
  }

  /** A text that must be there. */
  String text(String name) {
    JsonNode field = json.path(name);
    if (!field.isTextual()) {
      throw new Malformed();
    }
    return field.textValue();
  }

  /** A text that may be missing: then null. */
  String optionalText(String name) {
    return json.hasNonNull(name) ? text(name) : null;
  }

  /** Those of some optional texts that are there, line by line. */
  String texts(String... names) {
    return List.of(names).stream()
        .map(this::optionalText)
        .filter(text -> text != null)
        .collect(Collectors.joining("\n"));
  }

  /** An integer that must be there. */
  int number(String name) {
    JsonNode field = json.path(name);
    if (!field.isIntegralNumber() || !field.canConvertToInt()) {
      throw new Malformed();
    }
    return field.intValue();
  }

  /** The version, as a number or, which WeChat accepts too, as a text; 1 without it. */
  int version() {
    JsonNode field = json.path("version");
    if (field.isTextual() && field.textValue().matches("\\d{1,3}")) {
      return Integer.parseInt(field.textValue());
    }
    return json.hasNonNull("version") ? number("version") : 1;
  }

  /** False if it is missing. */
  boolean flag(String name) {
    JsonNode field = json.path(name);
    if (!field.isMissingNode() && !field.isBoolean()) {
      throw new Malformed();
    }
    return field.asBoolean();
  }

  /** A field is missing or of the wrong type. */
  static final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }
}
