package dev.minilogin.adapters.wechat.http;

import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that WeChat answered. Its content type says nothing ({@code text/plain} is usual),
 * numbers may come as strings, and fields that we don't know are ignored.
 */
public final class WeChatAnswer {
  private static final Pattern RID = Pattern.compile("rid: ([0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8})");

  private final JsonNode object;

  private WeChatAnswer(JsonNode object) {
    this.object = object;
  }

  /** The answer in a body; empty if it is no JSON object. */
  static Optional<WeChatAnswer> parse(JsonMapper json, byte[] body) {
    try {
      JsonNode node = json.readValue(body, Argument.of(JsonNode.class));
      return node != null && node.isObject()
          ? Optional.of(new WeChatAnswer(node))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The errcode; 0 if there is none, as on the success of most APIs. */
  public long errcode() {
    return text("errcode")
        .filter(text -> text.matches("-?\\d{1,10}"))
        .map(Long::parseLong)
        .orElse(0L);
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
}
