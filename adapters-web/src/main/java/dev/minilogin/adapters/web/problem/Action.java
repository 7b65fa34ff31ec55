package dev.minilogin.adapters.web.problem;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a client should do about a problem. */
public enum Action {
  /** Log in again with {@code wx.login} and repeat the request once. */
  LOG_IN("log-in"),
  /** Get a new code and send that; this one is used up. */
  NEW_CODE("new-code"),
  /** Wait for {@code retryAfter} seconds, then try again if the user still wants it. */
  WAIT("wait"),
  /** Nothing at run time: the client's developer must change the request. */
  FIX_REQUEST("fix-request"),
  /** Tell the user that WeChat blocks the login; don't try again. */
  BLOCKED("blocked"),
  /** Tell the user that the operator must act. */
  CONTACT_OPERATOR("contact-operator");

  private final String text;

  Action(String text) {
    this.text = text;
  }

  /** The action as it stands in a problem document. */
  @JsonValue
  public String text() {
    return text;
  }
}
