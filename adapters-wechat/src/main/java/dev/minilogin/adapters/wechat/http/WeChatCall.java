package dev.minilogin.adapters.wechat.http;

import java.time.Duration;

/** What came of a call to WeChat. */
public sealed interface WeChatCall {
  /** WeChat answered in JSON, be it an error. */
  record Answered(WeChatAnswer answer) implements WeChatCall {}

  /**
   * WeChat answered something else: an error page, a cut or an oversized body.
   *
   * @param status the HTTP status
   */
  record NoWeChatAnswer(int status) implements WeChatCall {}

  /**
   * Nothing was sent: no host could be connected to, or we are sparing WeChat.
   *
   * @param retryAfter when to try again at the earliest
   */
  record NotSent(Duration retryAfter) implements WeChatCall {}

  /** The request was sent; whether WeChat acted on it is not known. */
  record Unanswered() implements WeChatCall {}
}
