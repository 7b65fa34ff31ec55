package dev.minilogin.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultHit;
import dev.minilogin.simulator.platform.Answer;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.StableTokenRequest;
import dev.minilogin.simulator.platform.WeChatError;
import dev.minilogin.simulator.platform.WeChatPlatform;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** WeChat's server APIs. Unknown query parameters are ignored, unknown paths are an errcode. */
final class WeChatHandler implements HttpHandler {

  private final Simulation simulation;
  private final WeChatReplies replies;

  WeChatHandler(Simulation simulation) {
    this.simulation = simulation;
    this.replies = new WeChatReplies(simulation.clock());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Call call = new Call(exchange);
    Delivery delivery = new Delivery(call, simulation);
    if (isChunked(call) && simulation.platform().settings().rejectChunked()) {
      delivery.send(Reply.empty(412), "Transfer-Encoding: chunked");
      return;
    }
    Optional<String> body = call.body();
    if (body.isEmpty()) {
      delivery.send(Reply.empty(413), "body too large");
      return;
    }
    delivery.requestBody(body.get());
    Optional<Api> api = Api.ofPath(call.path());
    api.ifPresent(simulation.calls()::count);
    Optional<FaultHit> hit = simulation.faults().take(api, appId(api, call, body.get()));
    Reply reply =
        hit.map(FaultHit::fault)
            .filter(Fault::replacesAnswer)
            .map(fault -> replies.of(api, fault))
            .orElseGet(() -> replies.of(api, answer(api, call, body.get())));
    if (hit.isPresent()) {
      delivery.send(reply, hit.get());
    } else if (isOddGrant(api, call)) {
      delivery.send(reply, "grant_type is not authorization_code; accepted all the same");
    } else {
      delivery.send(reply);
    }
  }

  private Answer answer(Optional<Api> api, Call call, String body) {
    Map<String, String> query = call.query();
    if (api.isEmpty()) {
      return Answer.refused(WeChatError.INVALID_URL);
    }
    WeChatPlatform platform = simulation.platform();
    return switch (api.get()) {
      case JSCODE2SESSION ->
          platform.jscode2session(query.get("appid"), query.get("secret"), query.get("js_code"));
      case TOKEN ->
          platform.token(query.get("grant_type"), query.get("appid"), query.get("secret"));
      case STABLE_TOKEN -> stableToken(call.method(), body);
    };
  }

  private Answer stableToken(String method, String body) {
    if (!method.equals("POST")) {
      return Answer.refused(WeChatError.POST_REQUIRED);
    }
    if (body.isEmpty()) {
      return Answer.refused(WeChatError.EMPTY_POST_DATA);
    }
    return parse(body)
        .filter(json -> isBooleanIfPresent(json.path("force_refresh")))
        .map(
            json ->
                simulation
                    .platform()
                    .stableToken(
                        new StableTokenRequest(
                            json.path("grant_type").textValue(),
                            json.path("appid").textValue(),
                            json.path("secret").textValue(),
                            json.path("force_refresh").asBoolean())))
        .orElseGet(WeChatPlatform::malformed);
  }

  private static Optional<String> appId(Optional<Api> api, Call call, String body) {
    return api.equals(Optional.of(Api.STABLE_TOKEN))
        ? parse(body).map(json -> json.path("appid").textValue())
        : Optional.ofNullable(call.query().get("appid"));
  }

  private static Optional<JsonNode> parse(String body) {
    try {
      return Optional.of(Json.MAPPER.readTree(body)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isOddGrant(Optional<Api> api, Call call) {
    return api.equals(Optional.of(Api.JSCODE2SESSION))
        && !"authorization_code".equals(call.query().get("grant_type"));
  }

  private static boolean isBooleanIfPresent(JsonNode field) {
    return field.isMissingNode() || field.isBoolean();
  }

  private static boolean isChunked(Call call) {
    return call.header("Transfer-Encoding").filter(v -> v.equalsIgnoreCase("chunked")).isPresent();
  }
}
