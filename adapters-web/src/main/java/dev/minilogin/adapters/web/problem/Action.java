package dev.minilogin.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;

/** What a client should do about a problem. */
@Serdeable
public enum Action {
  /** Log in again with {@code wx.login} and repeat the request once. */
  @JsonProperty("log-in")
  LOG_IN,
  /**
   * Get a new code, from {@code wx.login} or the phone-number button, wherever this one came from,
   * and send that; this one is used up. Data that was encrypted must be got again after a login.
   */
  @JsonProperty("new-code")
  NEW_CODE,
  /** Wait for {@code retryAfter} seconds, then try again if the user still wants it. */
  @JsonProperty("wait")
  WAIT,
  /** Ask the user; the problem's meaning says what to send if they agree. */
  @JsonProperty("confirm")
  CONFIRM,
  /** Nothing at run time: the client's developer must change the request. */
  @JsonProperty("fix-request")
  FIX_REQUEST,
  /** Tell the user that WeChat blocks the login; don't try again. */
  @JsonProperty("blocked")
  BLOCKED,
  /** Tell the user that the operator must act. */
  @JsonProperty("contact-operator")
  CONTACT_OPERATOR;

  /** The action as it stands in a problem document: {@code log-in}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
