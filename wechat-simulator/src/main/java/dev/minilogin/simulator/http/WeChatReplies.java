package dev.minilogin.simulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Answer;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.RandomText;
import dev.minilogin.simulator.platform.Suggest;
import dev.minilogin.simulator.platform.UserKey;
import dev.minilogin.simulator.platform.WeChatError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** WeChat's answers as they look on the wire. */
final class WeChatReplies {

  private static final String TEXT = "text/plain";
  private static final String JSON = "application/json; encoding=utf-8";
  private static final String HTML = "text/html";

  /** How sure WeChat's models are, of 100: always the same here. */
  private static final int CONFIDENCE = 90;

  private final InstantSource clock;

  WeChatReplies(InstantSource clock) {
    this.clock = clock;
  }

  /** The answer to a call; an unknown path has no API. */
  Reply of(Optional<Api> api, Answer answer) {
    return Reply.of(200, contentType(api), body(api, answer));
  }

  /** What a fault says in place of the platform. */
  Reply of(Optional<Api> api, Fault fault) {
    Optional<Reply> error =
        fault.errcode().map(code -> of(api, new Answer.Refused(code, fault.errmsg())));
    Reply reply = error.orElseGet(() -> raw(api, fault.body().orElse("")));
    return new Reply(fault.httpStatus().orElse(200), reply.contentType(), reply.body());
  }

  private String body(Optional<Api> api, Answer answer) {
    return switch (answer) {
      // Slashes come escaped from the real platform: a parser does not mind, a regex would.
      case Answer.Session session -> session(session).toString().replace("/", "\\/");
      case Answer.Token token ->
          object()
              .put("access_token", token.accessToken())
              .put("expires_in", token.expiresIn())
              .toString();
      case Answer.IpList list -> ipList(list).toString();
      case Answer.Refused refused ->
          object().put("errcode", refused.errcode()).put("errmsg", errmsg(api, refused)).toString();
      case Answer.Done done -> ok().toString();
      case Answer.NewSessionKey renewed ->
          ok().put("openid", renewed.openid()).put("session_key", renewed.sessionKey()).toString();
      case Answer.Phone phone -> phone(phone).toString();
      case Answer.EncryptedData data ->
          ok().put("vaild", true).put("create_time", data.createdAt().getEpochSecond()).toString();
      case Answer.Openpid openpid -> ok().put("openpid", openpid.openpid()).toString();
      case Answer.UserKeys keys -> userKeys(keys).toString();
      case Answer.TextVerdict verdict -> textVerdict(verdict).toString();
      case Answer.MediaAccepted accepted ->
          ok().put("trace_id", accepted.check().traceId()).toString();
      case Answer.RiskRank risk ->
          object()
              .put("errcode", 0)
              .put("errmsg", "getuserriskrank succ")
              .put("risk_rank", risk.rank())
              .put("unoin_id", risk.queryNumber())
              .toString();
    };
  }

  private static ObjectNode session(Answer.Session session) {
    ObjectNode json =
        object().put("session_key", session.sessionKey()).put("openid", session.openid());
    session.unionid().ifPresent(unionid -> json.put("unionid", unionid));
    return json;
  }

  private static ObjectNode ipList(Answer.IpList list) {
    ObjectNode json = object();
    ArrayNode ips = json.putArray("ip_list");
    list.ips().forEach(ips::add);
    return json;
  }

  private static ObjectNode phone(Answer.Phone phone) {
    ObjectNode json = ok();
    json.putObject("phone_info")
        .put("phoneNumber", phone.number().phoneNumber())
        .put("purePhoneNumber", phone.number().purePhoneNumber())
        .put("countryCode", phone.number().countryCode())
        .putObject("watermark")
        .put("timestamp", phone.at().getEpochSecond())
        .put("appid", phone.appId());
    return json;
  }

  private static ObjectNode userKeys(Answer.UserKeys keys) {
    ObjectNode json = ok();
    ArrayNode list = json.putArray("key_info_list");
    keys.keys()
        .forEach(
            key ->
                list.addObject()
                    .put("encrypt_key", key.encryptKey())
                    .put("version", key.version())
                    .put("expire_in", secondsLeft(key, keys.now()))
                    .put("iv", key.iv())
                    .put("create_time", key.createdAt().getEpochSecond()));
    return json;
  }

  private static long secondsLeft(UserKey key, Instant now) {
    return Math.max(0, Duration.between(now, key.expiresAt()).toSeconds());
  }

  private static ObjectNode textVerdict(Answer.TextVerdict verdict) {
    Suggest suggest = verdict.suggest();
    ObjectNode json = ok();
    json.putObject("result").put("suggest", suggest.text()).put("label", suggest.label());
    ArrayNode detail = json.putArray("detail");
    detail(detail, "content_model", suggest).put("prob", CONFIDENCE);
    verdict
        .keyword()
        .ifPresent(
            word ->
                detail(detail, "keyword", suggest).put("level", CONFIDENCE).put("keyword", word));
    return json.put("trace_id", verdict.traceId());
  }

  private static ObjectNode detail(ArrayNode list, String strategy, Suggest suggest) {
    return list.addObject()
        .put("strategy", strategy)
        .put("errcode", 0)
        .put("suggest", suggest.text())
        .put("label", suggest.label());
  }

  private static ObjectNode ok() {
    return object().put("errcode", 0).put("errmsg", "ok");
  }

  private static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
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
   * The text with its rid. Below /sns a comma stands before the rid, elsewhere (and for unknown
   * paths anywhere) only a space.
   */
  private String errmsg(Optional<Api> api, Answer.Refused refused) {
    return refused.errmsg().orElseGet(() -> usualText(api, refused.errcode()))
        + (isSns(api) ? ", rid: " : " rid: ")
        + RandomText.rid(clock.instant());
  }

  private static String usualText(Optional<Api> api, int errcode) {
    return WeChatError.of(errcode)
        .map(error -> error.message(api) + (hasHint(api, error) ? hint() : ""))
        .orElse("unknown error");
  }

  private static boolean hasHint(Optional<Api> api, WeChatError error) {
    return switch (error) {
      case DATA_FORMAT -> true;
      case INVALID_CODE, INVALID_APPID -> api.equals(Optional.of(Api.GETUSERPHONENUMBER));
      default -> false;
    };
  }

  private static String hint() {
    return " hint: [" + RandomText.hint() + "]";
  }

  private static boolean isSns(Optional<Api> api) {
    return api.filter(known -> known.path().startsWith("/sns/")).isPresent();
  }
}
