package dev.minilogin.adapters.wechat.token;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.adapters.wechat.http.AppSecretClient;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatCall;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens.Dated;
import dev.minilogin.domain.wechat.AccessTokens.Refusal;
import dev.minilogin.domain.wechat.WeChatFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * getStableAccessToken. In normal mode it gives the token that it gave before, until less than five
 * minutes of it are left; then both work.
 */
@Singleton
final class StableToken {
  private static final Duration REST_WHEN_REFUSED = Duration.ofMinutes(1);
  private static final Duration REST_WHEN_USED_UP = Duration.ofMinutes(10);
  private static final Duration REST_WHEN_BUSY = Duration.ofSeconds(1);

  private final AppSecretClient weChat;
  private final InstantSource clock;

  StableToken(AppSecretClient weChat, InstantSource clock) {
    this.weChat = weChat;
    this.clock = clock;
  }

  /** What came of asking. */
  sealed interface Outcome {
    /** A token. */
    record Got(Dated token) implements Outcome {}

    /** None, and when to ask again. */
    record Refused(Refusal refusal) implements Outcome {}
  }

  /**
   * Asks for a token.
   *
   * @param force whether WeChat is made to give another one; the old one is dead at once
   */
  Outcome ask(MiniProgram app, boolean force) {
    Instant asked = clock.instant();
    WeChatCall call =
        weChat.call(
            app,
            WeChatApi.STABLE_TOKEN,
            secret ->
                WeChatRequest.post(
                    WeChatApi.STABLE_TOKEN,
                    Map.of(
                        "grant_type",
                        "client_credential",
                        "appid",
                        app.appId().value(),
                        "secret",
                        secret.reveal(),
                        "force_refresh",
                        force)));
    return switch (call) {
      case WeChatCall.Answered(WeChatAnswer answer) ->
          answer.errcode() == 0 ? token(answer, asked) : refused(answer.errcode());
      case WeChatCall.NoWeChatAnswer _ -> failed(WeChatFailure.INVALID_ANSWER);
      case WeChatCall.NotSent _ -> failed(WeChatFailure.UNREACHABLE);
      case WeChatCall.Unanswered _ -> failed(WeChatFailure.TIMED_OUT);
    };
  }

  private Outcome token(WeChatAnswer answer, Instant asked) {
    Optional<String> token = answer.text("access_token");
    Optional<Long> seconds = answer.number("expires_in").filter(left -> left > 0);
    if (token.isPresent() && seconds.isPresent()) {
      try {
        AccessToken accessToken = new AccessToken(token.get());
        return new Outcome.Got(new Dated(accessToken, asked.plusSeconds(seconds.get())));
      } catch (IllegalArgumentException e) {
        // As good as missing.
      }
    }
    return failed(WeChatFailure.INVALID_ANSWER);
  }

  private Outcome refused(long errcode) {
    WeChatFailure failure =
        WeChatError.of(WeChatApi.STABLE_TOKEN, errcode)
            .flatMap(WeChatError::failure)
            .orElse(WeChatFailure.INVALID_ANSWER);
    Duration rest =
        errcode == WeChatError.DAILY_QUOTA.errcode()
            ? REST_WHEN_USED_UP
            : failure == WeChatFailure.BUSY ? REST_WHEN_BUSY : REST_WHEN_REFUSED;
    return refused(failure, Optional.of(errcode), rest);
  }

  private Outcome failed(WeChatFailure failure) {
    return refused(failure, Optional.empty(), REST_WHEN_BUSY);
  }

  private Outcome refused(WeChatFailure failure, Optional<Long> errcode, Duration rest) {
    return new Outcome.Refused(new Refusal(failure, errcode, clock.instant().plus(rest)));
  }

  /** The refusal of a token that WeChat gives but doesn't accept. */
  Refusal uselessToken() {
    return new Refusal(
        WeChatFailure.BUSY,
        Optional.of(WeChatError.TOKEN_NOT_ACCEPTED.errcode()),
        clock.instant().plus(REST_WHEN_REFUSED));
  }
}
