package dev.minilogin.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/**
 * Every problem that a client can meet. A code, once published, keeps its meaning; docs/problems.md
 * is generated from this list.
 */
@Serdeable
public enum ProblemCode {
  @JsonProperty("invalid-request")
  INVALID_REQUEST(
      400,
      Action.FIX_REQUEST,
      "The request is not valid",
      "A field, parameter or header is missing, too long or malformed; `errors` names them."
          + " Nothing was changed."),
  @JsonProperty("malformed-json")
  MALFORMED_JSON(
      400, Action.FIX_REQUEST, "The body is not JSON", "The body could not be parsed as JSON."),
  @JsonProperty("invalid-authorization")
  INVALID_AUTHORIZATION(
      400,
      Action.FIX_REQUEST,
      "The Authorization header is not valid",
      "There is more than one Authorization header, or it is not `Bearer` and one token."),
  @JsonProperty("unknown-app")
  UNKNOWN_APP(
      400,
      Action.FIX_REQUEST,
      "This server does not know the mini program",
      "The `appId` is not one of this server's. Correct it, or have the operator add it."),
  @JsonProperty("code-invalid")
  CODE_INVALID(
      400,
      Action.NEW_CODE,
      "WeChat does not accept the code",
      "The code is unknown to WeChat, older than five minutes, or another mini program's."),
  @JsonProperty("token-missing")
  TOKEN_MISSING(
      401, Action.LOG_IN, "A session token is needed", "There is no Authorization header."),
  @JsonProperty("token-invalid")
  TOKEN_INVALID(
      401,
      Action.LOG_IN,
      "The session token is not valid",
      "No session of this server was ever opened with this token."),
  @JsonProperty("session-ended")
  SESSION_ENDED(
      401,
      Action.LOG_IN,
      "The session has ended",
      "The token opened a session once; `reason` says why it is over."),
  @JsonProperty("user-blocked")
  USER_BLOCKED(
      403,
      Action.BLOCKED,
      "WeChat blocks this login",
      "WeChat takes the user for a risk and intercepts the login (errcode 40226)."),
  @JsonProperty("user-suspended")
  USER_SUSPENDED(
      403,
      Action.CONTACT_OPERATOR,
      "The account is suspended",
      "The operator of this server has locked the account."),
  @JsonProperty("app-disabled")
  APP_DISABLED(
      403,
      Action.CONTACT_OPERATOR,
      "The mini program is disabled",
      "The operator of this server has disabled the mini program."),
  @JsonProperty("not-found")
  NOT_FOUND(404, Action.FIX_REQUEST, "There is nothing here", "No route has this path."),
  @JsonProperty("method-not-allowed")
  METHOD_NOT_ALLOWED(
      405,
      Action.FIX_REQUEST,
      "The method is not allowed here",
      "The path exists, but not for this method."),
  @JsonProperty("not-acceptable")
  NOT_ACCEPTABLE(
      406, Action.FIX_REQUEST, "JSON is not accepted", "The Accept header excludes JSON."),
  @JsonProperty("code-used")
  CODE_USED(
      409,
      Action.NEW_CODE,
      "The code was used before",
      "The code was sent before, here or elsewhere. The answer is given again only for 60 seconds"
          + " and only with the same Idempotency-Key."),
  @JsonProperty("payload-too-large")
  PAYLOAD_TOO_LARGE(
      413, Action.FIX_REQUEST, "The body is too large", "The body exceeds what this route takes."),
  @JsonProperty("unsupported-media-type")
  UNSUPPORTED_MEDIA_TYPE(
      415,
      Action.FIX_REQUEST,
      "The body must be JSON",
      "The Content-Type is not `application/json`."),
  @JsonProperty("request-headers-too-large")
  REQUEST_HEADERS_TOO_LARGE(
      431,
      Action.FIX_REQUEST,
      "The headers are too large",
      "The request line and headers exceed what this server reads."),
  @JsonProperty("wechat-rate-limited")
  WECHAT_RATE_LIMITED(
      429,
      Action.WAIT,
      "Too many logins",
      "WeChat limits how often a user or a mini program logs in (errcode 45011, 45009)."),
  @JsonProperty("internal-error")
  INTERNAL_ERROR(
      500,
      Action.CONTACT_OPERATOR,
      "Something went wrong in this server",
      "A defect. The operator finds it in the log by the `traceId`."),
  @JsonProperty("wechat-misconfigured")
  WECHAT_MISCONFIGURED(
      502,
      Action.CONTACT_OPERATOR,
      "WeChat refuses this server",
      "The appid or AppSecret is wrong or frozen, or the server's address is not allowed; the"
          + " operator finds the errcode in the log."),
  @JsonProperty("wechat-invalid-answer")
  WECHAT_INVALID_ANSWER(
      502,
      Action.NEW_CODE,
      "WeChat's answer makes no sense",
      "WeChat, or something before it, answered an error page or an incomplete document."),
  @JsonProperty("wechat-busy")
  WECHAT_BUSY(503, Action.WAIT, "WeChat is busy", "WeChat asks to try again (errcode -1)."),
  @JsonProperty("wechat-unavailable")
  WECHAT_UNAVAILABLE(
      503,
      Action.WAIT,
      "WeChat cannot be reached",
      "No connection to WeChat, so the code was not sent and is still good."),
  @JsonProperty("storage-unavailable")
  STORAGE_UNAVAILABLE(
      503,
      Action.WAIT,
      "The database cannot be reached",
      "Whether the token or the user is good could not be found out."),
  @JsonProperty("login-not-recorded")
  LOGIN_NOT_RECORDED(
      503,
      Action.NEW_CODE,
      "The login could not be recorded",
      "WeChat accepted the code, and then the database could not be reached; the code is used up."),
  @JsonProperty("not-ready")
  NOT_READY(
      503,
      Action.WAIT,
      "This instance is not ready",
      "Its database cannot be reached, or it is shutting down."),
  @JsonProperty("overloaded")
  OVERLOADED(
      503, Action.WAIT, "This server is busy", "The server has more to do than it can take."),
  @JsonProperty("wechat-timeout")
  WECHAT_TIMEOUT(
      504,
      Action.NEW_CODE,
      "WeChat did not answer in time",
      "The code was sent to WeChat and no answer came; it may be used up.");

  private final int status;
  private final Action action;
  private final String title;
  private final String documentation;

  ProblemCode(int status, Action action, String title, String documentation) {
    this.status = status;
    this.action = action;
    this.title = title;
    this.documentation = documentation;
  }

  /** The code as it stands in a problem document: {@code code-used}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The HTTP status that it comes with. */
  public int status() {
    return status;
  }

  /** What the client should do. */
  public Action action() {
    return action;
  }

  /** The problem in a few words, the same for each occurrence. */
  public String title() {
    return title;
  }

  /** What it means, for the docs; Markdown. */
  public String documentation() {
    return documentation;
  }
}
