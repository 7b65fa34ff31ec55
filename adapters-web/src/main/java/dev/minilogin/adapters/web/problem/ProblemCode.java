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
      "The code is unknown to WeChat, older than five minutes, another mini program's or another"
          + " person's; a phone code also if it was used before."),
  @JsonProperty("open-data-refused")
  OPEN_DATA_REFUSED(
      400,
      Action.NEW_CODE,
      "The encrypted data is not accepted",
      "The data can't be decrypted, is too old, or isn't this user's in this mini program; which of"
          + " them is not told. Log in with a new code, then get the data from WeChat again."),
  @JsonProperty("avatar-unreadable")
  AVATAR_UNREADABLE(
      400,
      Action.FIX_REQUEST,
      "The file is no picture that is read here",
      "JPEG, PNG, WebP and GIF are read; the file is something else, or broken."),
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
      "WeChat takes the user for a risk: it intercepts the login (errcode 40226), or the mini"
          + " program refuses people of that risk rank."),
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
  @JsonProperty("build-not-admitted")
  BUILD_NOT_ADMITTED(
      403,
      Action.FIX_REQUEST,
      "This build of the mini program is not let in here",
      "The operator lets in other builds (develop, trial, release) of this mini program at this"
          + " server. Send this build's logins to the server that is meant for it."),
  @JsonProperty("push-refused")
  PUSH_REFUSED(
      403,
      Action.FIX_REQUEST,
      "The push is not accepted",
      "It is not signed as WeChat signs, too old, in another mode or format than the mini"
          + " program's, or the mini program gets no pushes here; which of them is not told."),
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
  @JsonProperty("phone-taken")
  PHONE_TAKEN(
      409,
      Action.CONFIRM,
      "Another account has the phone number",
      "Accounts are never merged because of a number. If the user wants it here, send a new code"
          + " with `move: true`: the other account then has none."),
  @JsonProperty("session-key-stale")
  SESSION_KEY_STALE(
      409,
      Action.NEW_CODE,
      "The session_key is no longer valid",
      "WeChat has another session_key for the user than this server. Log in with a new code, then"
          + " get the data from WeChat again."),
  @JsonProperty("payload-too-large")
  PAYLOAD_TOO_LARGE(
      413,
      Action.FIX_REQUEST,
      "The body is too large",
      "The body exceeds what this route takes, or the picture has too many pixels."),
  @JsonProperty("unsupported-media-type")
  UNSUPPORTED_MEDIA_TYPE(
      415,
      Action.FIX_REQUEST,
      "The body has another type than this route takes",
      "The Content-Type is not `application/json`, or where a file is uploaded not"
          + " `multipart/form-data`."),
  @JsonProperty("request-headers-too-large")
  REQUEST_HEADERS_TOO_LARGE(
      431,
      Action.FIX_REQUEST,
      "The headers are too large",
      "The request line and headers exceed what this server reads."),
  @JsonProperty("rate-limited")
  RATE_LIMITED(
      429,
      Action.WAIT,
      "Too many requests",
      "This server limits how often a network, a user or a mini program may ask; `RateLimit` tells"
          + " which limit it was. Nothing was done: a code is still good."),
  @JsonProperty("wechat-rate-limited")
  WECHAT_RATE_LIMITED(
      429,
      Action.WAIT,
      "Too many calls to WeChat",
      "WeChat limits how often a user or a mini program may ask (errcode 45011, 45009, 44991)."),
  @JsonProperty("open-data-locked")
  OPEN_DATA_LOCKED(
      429,
      Action.LOG_IN,
      "Too much encrypted data was refused",
      "This session has sent too much data that was refused. A new login may send more."),
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
      "The appid or AppSecret is wrong or frozen, the server's address is not allowed, or the mini"
          + " program may not use an API; the operator finds the errcode in the log."),
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
      "No connection to WeChat, or no access_token, so nothing was sent: a code is still good."),
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
  @JsonProperty("phone-not-recorded")
  PHONE_NOT_RECORDED(
      503,
      Action.NEW_CODE,
      "The phone number could not be recorded",
      "WeChat gave the number, and then the database could not be reached; the code is used up."),
  @JsonProperty("code-lost")
  CODE_LOST(
      503,
      Action.NEW_CODE,
      "The code is used up for nothing",
      "WeChat accepted the code that proves that the user is there, and then the database could not"
          + " be reached. An account that was to be deleted may be gone: then the next request is"
          + " told `account-deleted`."),
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
      "The request was sent to WeChat and no answer came; a code in it may be used up.");

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
