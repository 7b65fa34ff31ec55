package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatCall;
import dev.minilogin.adapters.wechat.http.WeChatClient;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * code2Session: {@code GET /sns/jscode2session}, authenticated by appid and AppSecret and by no
 * access token.
 */
@Singleton
final class WeChatCodeExchange implements CodeExchange {
  private static final Logger LOG = LoggerFactory.getLogger(WeChatCodeExchange.class);

  private final WeChatClient weChat;

  WeChatCodeExchange(WeChatClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Result exchange(MiniProgram app, LoginCode code) {
    WeChatCall call =
        weChat.get(
            "/sns/jscode2session",
            Map.of(
                "appid", app.appId().value(),
                "secret", app.secret().reveal(),
                "js_code", code.reveal(),
                "grant_type", "authorization_code"));
    return switch (call) {
      case WeChatCall.Answered(WeChatAnswer answer) ->
          answer.errcode() == 0 ? identity(app, answer) : refusal(app, answer);
      case WeChatCall.NoWeChatAnswer(int status) -> {
        LOG.warn("code2Session of {}: no JSON answer, HTTP status {}", app.appId(), status);
        yield new Failed(ExchangeFailure.INVALID_ANSWER, Optional.empty());
      }
      case WeChatCall.NotSent(Duration retryAfter) ->
          new Failed(ExchangeFailure.UNREACHABLE, Optional.of(retryAfter));
      case WeChatCall.Unanswered() -> new Failed(ExchangeFailure.TIMED_OUT, Optional.empty());
    };
  }

  private static Result identity(MiniProgram app, WeChatAnswer answer) {
    Optional<String> openid = answer.text("openid");
    Optional<String> sessionKey = answer.text("session_key");
    if (openid.isPresent() && sessionKey.isPresent()) {
      try {
        return new Exchanged(
            new WeChatIdentity(
                new OpenId(openid.get()),
                answer.text("unionid").map(UnionId::new),
                new SessionKey(sessionKey.get())));
      } catch (IllegalArgumentException e) {
        // As good as missing: told below.
      }
    }
    LOG.warn("code2Session of {}: openid or session_key missing or malformed", app.appId());
    return new Failed(ExchangeFailure.INVALID_ANSWER, Optional.empty());
  }

  private static Result refusal(MiniProgram app, WeChatAnswer answer) {
    Optional<Code2SessionError> error = Code2SessionError.of(answer.errcode());
    LOG.warn(
        "code2Session of {} refused: errcode {} ({}), rid {}",
        app.appId(),
        answer.errcode(),
        error.map(Code2SessionError::meaning).orElse("unknown to this version"),
        answer.rid().orElse("none"));
    return error
        .map(known -> new Failed(known.failure(), known.retryAfter()))
        .orElseGet(() -> new Failed(ExchangeFailure.INVALID_ANSWER, Optional.empty()));
  }
}
