package dev.minilogin.adapters.wechat.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import dev.minilogin.domain.testing.PushEnvelopesContract;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.push.PushEnvelope;
import io.micronaut.json.JsonMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Binds the contract to the adapter and what a simulated WeChat sends. */
class WeChatPushEnvelopesTest implements PushEnvelopesContract {
  private final PushEnvelopes envelopes = new WeChatPushEnvelopes(JsonMapper.createDefault());

  @Override
  public PushEnvelopes pushEnvelopes() {
    return envelopes;
  }

  @Override
  public PushRequest push(AppId appId, PushSettings settings, PushEvent event, Instant at) {
    PushEnvelope push = PushEnvelope.seal(target(settings), appId.value(), message(event), at);
    Map<String, String> query = query(push);
    return new PushRequest(
        query.get("signature"),
        query.get("timestamp"),
        query.get("nonce"),
        Optional.ofNullable(query.get("msg_signature")),
        push.body());
  }

  @Override
  public PushRequest check(PushToken token, Instant at) {
    PushSettings plain =
        new PushSettings(PushSettings.Mode.PLAIN, PushSettings.Format.JSON, token, List.of());
    PushRequest push = push(APP, plain, EVENT, at);
    return new PushRequest(push.signature(), push.timestamp(), push.nonce(), Optional.empty(), "");
  }

  private static PushTarget target(PushSettings settings) {
    return new PushTarget(
        URI.create("https://example.com/"),
        settings.token().reveal(),
        settings.keys().stream().findFirst().map(key -> key.reveal()),
        PushMode.valueOf(settings.mode().name()),
        PushFormat.valueOf(settings.format().name()),
        "gh_97417a04a28d");
  }

  private static ObjectNode message(PushEvent event) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    event
        .fields()
        .forEach(
            (name, value) -> {
              String[] path = name.split("\\.");
              ObjectNode parent = path.length == 1 ? message : message.withObjectProperty(path[0]);
              parent.put(path[path.length - 1], value);
            });
    return message;
  }

  private static Map<String, String> query(PushEnvelope push) {
    return Arrays.stream(push.query().split("&"))
        .map(parameter -> parameter.split("=", 2))
        .collect(
            Collectors.toMap(
                parameter -> parameter[0],
                parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8)));
  }
}
