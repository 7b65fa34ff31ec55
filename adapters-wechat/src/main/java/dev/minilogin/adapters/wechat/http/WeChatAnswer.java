package dev.minilogin.adapters.wechat.http;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that WeChat answered, or one inside it. Its content type says nothing ({@code
 * text/plain} is usual), numbers may come as strings, and fields that we don't know are ignored.
 */
public final class WeChatAnswer {
  private static final Pattern RID = Pattern.compile("rid: ([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  private final JsonNode object;

  private WeChatAnswer(JsonNode object) {
    this.object = object;
  }

  /** The answer in a body; empty if it is no JSON object. */
  static Optional<WeChatAnswer> parse(JsonMapper json, byte[] body) {
    try {
      return of(json.readValue(body, Argument.of(JsonNode.class)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<WeChatAnswer> of(JsonNode node) {
    return node != null && node.isObject() ? Optional.of(new WeChatAnswer(node)) : Optional.empty();
  }

  /** The errcode; 0 if there is none, as on the success of some APIs. */
  public long errcode() {
    return number("errcode").orElse(0L);
  }

  /** The id of the call in WeChat's own logs, if the answer tells it. */
  public Optional<String> rid() {
    return text("errmsg").map(RID::matcher).filter(Matcher::find).map(matcher -> matcher.group(1));
  }

  /** A field's value as text; empty if it is missing, empty, or no string and no number. */
  public Optional<String> text(String field) {
    JsonNode value = object.get(field);
    return value == null || !(value.isString() || value.isNumber())
        ? Optional.empty()
        : Optional.of(value.coerceStringValue()).filter(text -> !text.isEmpty());
  }

  /** A field's value as a whole number; empty if it is missing or none. */
  public Optional<Long> number(String field) {
    return text(field).filter(NUMBER.asMatchPredicate()).map(Long::parseLong);
  }

  /** A field's value as a truth; empty if it is missing or none. */
  public Optional<Boolean> truth(String field) {
    JsonNode value = object.get(field);
    return value != null && value.isBoolean()
        ? Optional.of(value.getBooleanValue())
        : Optional.empty();
  }

  /** The object in a field; empty if it is missing or none. */
  public Optional<WeChatAnswer> object(String field) {
    return of(object.get(field));
  }

  /** The objects in a list; empty if it is missing or none. */
  public List<WeChatAnswer> objects(String field) {
    List<WeChatAnswer> objects = new ArrayList<>();
    JsonNode list = object.get(field);
    if (list != null && list.isArray()) {
      list.values().forEach(value -> of(value).ifPresent(objects::add));
    }
    return objects;
  }
}
