package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.wechat.AccessToken;
import java.util.HashMap;
import java.util.Map;

/**
 * A call of an API. It holds secrets, so it is not printed.
 *
 * @param query parameters of the URL, not encoded
 * @param body fields of the JSON object that is posted; empty for a GET
 */
public record WeChatRequest(WeChatApi api, Map<String, String> query, Map<String, Object> body) {
  public WeChatRequest {
    query = Map.copyOf(query);
    body = Map.copyOf(body);
    if (api.method() == WeChatApi.Method.GET && !body.isEmpty()) {
      throw new IllegalArgumentException(api.title() + " has no body");
    }
  }

  /** A GET. */
  public static WeChatRequest get(WeChatApi api, Map<String, String> query) {
    return new WeChatRequest(api, query, Map.of());
  }

  /** A POST of a JSON object. */
  public static WeChatRequest post(WeChatApi api, Map<String, Object> body) {
    return new WeChatRequest(api, Map.of(), body);
  }

  /** The same request, authenticated by an access token. */
  public WeChatRequest with(AccessToken token) {
    Map<String, String> authenticated = new HashMap<>(query);
    authenticated.put("access_token", token.reveal());
    return new WeChatRequest(api, authenticated, body);
  }

  @Override
  public String toString() {
    return "WeChatRequest[" + api.title() + "]";
  }
}
