package dev.minilogin.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.minilogin.simulator.platform.Api;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A call of a server API with its body. */
final class WeChatRequest {

  private final Call call;
  private final byte[] body;
  private final Map<String, String> query;

  WeChatRequest(Call call, byte[] body) {
    this.call = call;
    this.body = body;
    this.query = call.query();
  }

  /** Empty for an unknown path. */
  Optional<Api> api() {
    return Api.ofPath(call.path());
  }

  boolean isPost() {
    return call.method().equals("POST");
  }

  boolean hasBody() {
    return body.length > 0;
  }

  /** A parameter of the query; null without it. */
  String query(String name) {
    return query.get(name);
  }

  /** The body if it is a JSON object. */
  Optional<JsonNode> json() {
    try {
      return Optional.of(Json.MAPPER.readTree(text())).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A part of a form. */
  Optional<byte[]> part(String name) {
    return WeChatMultipart.part(contentType(), body, name);
  }

  /** The body for the wire log; of a form, which may hold a picture, only what it is. */
  String loggedBody() {
    return contentType().toLowerCase(Locale.ROOT).startsWith("multipart/")
        ? "multipart form, " + body.length + " bytes"
        : text();
  }

  private String contentType() {
    return call.header("Content-Type").orElse("");
  }

  private String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
