package dev.minilogin.simulator.http;

import dev.minilogin.simulator.platform.Answer;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.MediaCheckRequest;
import dev.minilogin.simulator.platform.RiskQuery;
import dev.minilogin.simulator.platform.SignedRequest;
import dev.minilogin.simulator.platform.StableTokenRequest;
import dev.minilogin.simulator.platform.TextCheck;
import dev.minilogin.simulator.platform.WeChatError;
import dev.minilogin.simulator.platform.WeChatPlatform;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads calls of the server APIs and has the platform answer them.
 *
 * <p>The order of checks: access_token, then method, then whether there is a body, then its form,
 * then what the API itself has to say.
 */
final class WeChatApis {

  private static final int CURRENT_VERSION = 2;

  private final WeChatPlatform platform;

  WeChatApis(WeChatPlatform platform) {
    this.platform = platform;
  }

  Answer answer(WeChatRequest request) {
    return request
        .api()
        .map(api -> answer(api, request))
        .orElseGet(() -> Answer.refused(WeChatError.INVALID_URL));
  }

  /** Which app calls, as far as it can be told. */
  Optional<String> callerOf(WeChatRequest request) {
    Optional<String> named =
        Optional.ofNullable(request.query("appid"))
            .or(() -> request.json().map(json -> json.path("appid").textValue()));
    return request.api().filter(WeChatApis::wantsToken).isPresent()
        ? Optional.ofNullable(request.query("access_token")).flatMap(platform::appOf)
        : named;
  }

  private static boolean wantsToken(Api api) {
    return switch (api) {
      case JSCODE2SESSION, TOKEN, STABLE_TOKEN, CLEAR_QUOTA_V2 -> false;
      default -> true;
    };
  }

  private Answer answer(Api api, WeChatRequest request) {
    return switch (api) {
      case JSCODE2SESSION ->
          platform.jscode2session(
              request.query("appid"), request.query("secret"), request.query("js_code"));
      case TOKEN ->
          platform.token(
              request.query("grant_type"), request.query("appid"), request.query("secret"));
      case STABLE_TOKEN -> post(request, this::stableToken);
      case CLEAR_QUOTA_V2 -> clearQuotaBySecret(request);
      default -> {
        String token = request.query("access_token");
        yield platform
            .refusal(token)
            .orElseGet(() -> authorized(api, platform.appOf(token).orElseThrow(), request));
      }
    };
  }

  private Answer authorized(Api api, String appId, WeChatRequest request) {
    return switch (api) {
      case CHECKSESSION -> platform.checkSession(appId, signed(request));
      case RESETUSERSESSIONKEY -> platform.resetSessionKey(appId, signed(request));
      case GETUSERENCRYPTKEY -> platform.userKeys(appId, signed(request));
      case GETUSERPHONENUMBER ->
          post(
              request,
              body -> platform.phoneNumber(appId, body.text("code"), body.optionalText("openid")));
      case CHECKENCRYPTEDMSG ->
          post(
              request, body -> platform.checkEncryptedData(appId, body.text("encrypted_msg_hash")));
      case GETPLUGINOPENPID -> pluginOpenpid(appId, request);
      case MSG_SEC_CHECK -> post(request, body -> checkText(appId, body));
      case MEDIA_CHECK_ASYNC -> post(request, body -> checkMedia(appId, body));
      case IMG_SEC_CHECK ->
          refusalOfPost(request)
              .orElseGet(() -> platform.checkPicture(appId, request.part("media")));
      case GETUSERRISKRANK -> post(request, body -> riskRank(appId, body));
      case CLEAR_QUOTA -> post(request, body -> platform.clearQuota(appId, body.text("appid")));
      case GETCALLBACKIP, GET_API_DOMAIN_IP -> platform.serverIps(api, appId);
      case JSCODE2SESSION, TOKEN, STABLE_TOKEN, CLEAR_QUOTA_V2 ->
          throw new IllegalArgumentException("this API wants no access_token");
    };
  }

  private Answer stableToken(WeChatFields body) {
    return platform.stableToken(
        new StableTokenRequest(
            body.optionalText("grant_type"),
            body.optionalText("appid"),
            body.optionalText("secret"),
            body.flag("force_refresh")));
  }

  /** Its documentation has the parameters in the body and its example in the query. */
  private Answer clearQuotaBySecret(WeChatRequest request) {
    if (!request.isPost()) {
      return Answer.refused(WeChatError.POST_REQUIRED);
    }
    return request.hasBody()
        ? post(
            request,
            body ->
                platform.clearQuotaBySecret(
                    body.optionalText("appid"), body.optionalText("appsecret")))
        : platform.clearQuotaBySecret(request.query("appid"), request.query("appsecret"));
  }

  /** Has error codes of its own for a body that can't be read. */
  private Answer pluginOpenpid(String appId, WeChatRequest request) {
    return refusalOfPost(request)
        .orElseGet(
            () ->
                request
                    .json()
                    .map(
                        json ->
                            read(
                                new WeChatFields(json),
                                body -> platform.pluginOpenpid(appId, body.text("code")),
                                WeChatError.PLUGIN_INVALID_ARGS))
                    .orElseGet(() -> Answer.refused(WeChatError.PLUGIN_JSON_ERROR)));
  }

  private Answer checkText(String appId, WeChatFields body) {
    return body.version() == CURRENT_VERSION
        ? platform.checkText(
            appId,
            new TextCheck(
                body.text("content"),
                body.number("scene"),
                body.text("openid"),
                body.texts("title", "nickname", "signature")))
        : platform.checkText(appId, body.text("content"));
  }

  private Answer checkMedia(String appId, WeChatFields body) {
    return body.version() == CURRENT_VERSION
        ? platform.checkMedia(
            appId,
            new MediaCheckRequest(
                body.text("media_url"),
                body.number("media_type"),
                body.number("scene"),
                body.text("openid")))
        : Answer.refused(WeChatError.DATA_FORMAT);
  }

  private Answer riskRank(String appId, WeChatFields body) {
    // Must be there, though this platform does not look into it.
    body.text("client_ip");
    return platform.riskRank(
        appId, new RiskQuery(body.text("appid"), body.text("openid"), body.number("scene")));
  }

  private static SignedRequest signed(WeChatRequest request) {
    return new SignedRequest(
        request.query("openid"), request.query("signature"), request.query("sig_method"));
  }

  private static Answer post(WeChatRequest request, Function<WeChatFields, Answer> action) {
    return refusalOfPost(request)
        .orElseGet(
            () ->
                request
                    .json()
                    .map(json -> read(new WeChatFields(json), action, WeChatError.DATA_FORMAT))
                    .orElseGet(() -> Answer.refused(WeChatError.DATA_FORMAT)));
  }

  private static Optional<Answer> refusalOfPost(WeChatRequest request) {
    if (!request.isPost()) {
      return Optional.of(Answer.refused(WeChatError.POST_REQUIRED));
    }
    return request.hasBody()
        ? Optional.empty()
        : Optional.of(Answer.refused(WeChatError.EMPTY_POST_DATA));
  }

  private static Answer read(
      WeChatFields body, Function<WeChatFields, Answer> action, WeChatError malformed) {
    try {
      return action.apply(body);
    } catch (WeChatFields.Malformed e) {
      return Answer.refused(malformed);
    }
  }
}
