package dev.minilogin.adapters.wechat.push;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Pushes written in JSON. */
final class JsonPush {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonMapper json;

  JsonPush(JsonMapper json) {
    this.json = json;
  }

  /** The fields of a push; empty if it is no JSON object, or none that WeChat would write. */
  Optional<Map<String, String>> read(String text) {
    try {
      if (!isOneObject(text)) {
        return Optional.empty();
      }
      PushFields fields = new PushFields();
      return add(json.readValue(text, Argument.of(JsonNode.class)), "", 1, fields)
          ? fields.all()
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The mapper reads an object and ignores what follows it. */
  private static boolean isOneObject(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      return isObject && parser.nextToken() == null;
    }
  }

  /** Whether the object was shallow enough. */
  private static boolean add(JsonNode object, String prefix, int depth, PushFields fields) {
    if (depth > PushFields.DEEPEST) {
      return false;
    }
    for (Map.Entry<String, JsonNode> field : object.entries()) {
      JsonNode value = field.getValue();
      String name = prefix + field.getKey();
      if (value.isObject()) {
        if (!add(value, name + '.', depth + 1, fields)) {
          return false;
        }
      } else if (value.isValueNode() && !value.isNull()) {
        fields.add(name, value.coerceStringValue());
      }
    }
    return true;
  }
}
