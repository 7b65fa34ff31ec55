package dev.minilogin.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Answer;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.RandomText;
import dev.minilogin.simulator.platform.WeChatError;
import java.time.InstantSource;
import java.util.Optional;

/** WeChat's answers as they look on the wire. */
final class WeChatReplies {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json; encoding=utf-8";
  private static final String HTML = "text/html";

  private final InstantSource clock;

  WeChatReplies(InstantSource clock) {
    this.clock = clock;
  }

  /** The answer to a call; an unknown path has no API. */
  Reply of(Optional<Api> api, Answer answer) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    switch (answer) {
      case Answer.Session session -> {
        json.put("session_key", session.sessionKey()).put("openid", session.openid());
        session.unionid().ifPresent(unionid -> json.put("unionid", unionid));
        // Slashes come escaped from the real platform: a parser does not mind, a regex would.
        return Reply.of(200, contentType(api), json.toString().replace("/", "\\/"));
      }
      case Answer.Token token ->
          json.put("access_token", token.accessToken()).put("expires_in", token.expiresIn());
      case Answer.Refused refused ->
          json.put("errcode", refused.errcode()).put("errmsg", withRid(api, refused.errmsg()));
    }
    return Reply.of(200, contentType(api), json.toString());
  }

  /** What a fault says in place of the platform. */
  Reply of(Optional<Api> api, Fault fault) {
    Optional<Reply> error = fault.errcode().map(code -> of(api, refusal(fault, code)));
    Reply reply = error.orElseGet(() -> raw(api, fault.body().orElse("")));
    return new Reply(fault.httpStatus().orElse(200), reply.contentType(), reply.body());
  }

  private static Answer refusal(Fault fault, int errcode) {
    return new Answer.Refused(
        errcode, fault.errmsg().orElseGet(() -> WeChatError.messageOf(errcode)));
  }

  private static Reply raw(Optional<Api> api, String body) {
    if (body.isEmpty()) {
      return Reply.empty(200);
    }
    return Reply.of(200, body.stripLeading().startsWith("<") ? HTML : contentType(api), body);
  }

  private static String contentType(Optional<Api> api) {
    return isSns(api) ? TEXT : JSON;
  }

  /**
   * Below /sns a comma stands before the rid, elsewhere (and for unknown paths anywhere) only a
   * space.
   */
  private String withRid(Optional<Api> api, String errmsg) {
    return errmsg + (isSns(api) ? ", rid: " : " rid: ") + RandomText.rid(clock.instant());
  }

  private static boolean isSns(Optional<Api> api) {
    return api.filter(known -> known.path().startsWith("/sns/")).isPresent();
  }
}
