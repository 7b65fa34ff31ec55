package dev.minilogin.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Function;

/** A table of routes that take JSON and answer JSON; errors are {@code {"error": "…"}}. */
final class JsonRoutes implements HttpHandler {

  private final Map<String, Map<String, Action>> actions = new HashMap<>();

  /** A route without a body. */
  JsonRoutes on(String method, String path, Function<Call, Object> action) {
    return add(method, path, (call, body) -> action.apply(call));
  }

  /** A route whose body is read into a type; fields that it does not have are ignored. */
  <T> JsonRoutes post(String path, Class<T> type, Function<T, Object> action) {
    return add("POST", path, (call, body) -> action.apply(parse(body, type)));
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    try {
      String body =
          call.body().orElseThrow(() -> new Refusal(413, "a body may have 10 MiB at most"));
      call.send(reply(200, action(call).run(call, body)));
    } catch (Refusal e) {
      call.send(reply(e.status(), error(e)));
    } catch (NoSuchElementException e) {
      call.send(reply(404, error(e)));
    } catch (IllegalArgumentException e) {
      call.send(reply(400, error(e)));
    }
  }

  private JsonRoutes add(String method, String path, Action action) {
    actions.computeIfAbsent(path, p -> new TreeMap<>()).put(method, action);
    return this;
  }

  private Action action(Call call) {
    Map<String, Action> methods = actions.get(call.path());
    if (methods == null) {
      throw new Refusal(404, "no such path");
    }
    Action action = methods.get(call.method());
    if (action == null) {
      call.exchange().getResponseHeaders().set("Allow", String.join(", ", methods.keySet()));
      throw new Refusal(405, "allowed are " + String.join(", ", methods.keySet()));
    }
    return action;
  }

  private static <T> T parse(String body, Class<T> type) {
    try {
      T value = Json.MAPPER.readValue(body, type);
      if (value == null) {
        throw Refusal.badRequest("the body must be a JSON object");
      }
      return value;
    } catch (JsonProcessingException e) {
      // Not its message: that quotes the body, secrets included.
      throw Refusal.badRequest("the body is not the JSON that this route takes");
    }
  }

  private static Map<String, String> error(Exception e) {
    return Map.of("error", e.getMessage());
  }

  private static Reply reply(int status, Object value) {
    return Reply.of(status, "application/json", Json.write(value));
  }

  private interface Action {
    Object run(Call call, String body);
  }
}
