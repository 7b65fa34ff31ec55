package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What came of a call, in the domain's words, and in the log: the errcode and the rid. Never the
 * errmsg, which may repeat what was sent.
 */
public final class Replies {
  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

  private Replies() {}

  /** The answer, unless it is a failure. */
  public static Reply<WeChatAnswer> of(WeChatApi api, AppId appId, WeChatCall call) {
    return switch (call) {
      case WeChatCall.Answered(WeChatAnswer answer) ->
          answer.errcode() == 0 ? new Reply.Given<>(answer) : refusal(api, appId, answer);
      case WeChatCall.NoWeChatAnswer(int status) -> {
        LOG.warn("{} of {}: no JSON answer, HTTP status {}", api.title(), appId, status);
        yield new Reply.Failed<>(WeChatFailure.INVALID_ANSWER);
      }
      case WeChatCall.NotSent(var retryAfter) ->
          new Reply.Failed<>(WeChatFailure.UNREACHABLE, Optional.of(retryAfter));
      case WeChatCall.Unanswered() -> new Reply.Failed<>(WeChatFailure.TIMED_OUT);
    };
  }

  /**
   * What was asked for, read from the answer.
   *
   * @param reader may return empty or throw an {@link IllegalArgumentException} if the answer lacks
   *     something or has it in another form
   */
  public static <T> Reply<T> read(
      WeChatApi api,
      AppId appId,
      Reply<WeChatAnswer> reply,
      Function<WeChatAnswer, Optional<T>> reader) {
    return switch (reply) {
      case Reply.Failed<WeChatAnswer>(var failure, var retryAfter) ->
          new Reply.Failed<>(failure, retryAfter);
      case Reply.Given<WeChatAnswer>(WeChatAnswer answer) ->
          read(answer, reader)
              .<Reply<T>>map(Reply.Given::new)
              .orElseGet(
                  () -> {
                    LOG.warn("{} of {}: a field is missing or malformed", api.title(), appId);
                    return new Reply.Failed<>(WeChatFailure.INVALID_ANSWER);
                  });
    };
  }

  private static <T> Optional<T> read(
      WeChatAnswer answer, Function<WeChatAnswer, Optional<T>> reader) {
    try {
      return reader.apply(answer);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply<WeChatAnswer> refusal(WeChatApi api, AppId appId, WeChatAnswer answer) {
    Optional<WeChatError> error = WeChatError.of(api, answer.errcode());
    if (error.isPresent() && error.get().failure().isEmpty()) {
      return new Reply.Given<>(answer);
    }
    WeChatFailure failure =
        error.flatMap(WeChatError::failure).orElse(WeChatFailure.INVALID_ANSWER);
    LOG.atLevel(isTheClients(failure) ? Level.INFO : Level.WARN)
        .log(
            "{} of {} refused: errcode {} ({}), rid {}",
            api.title(),
            appId,
            answer.errcode(),
            error.map(WeChatError::advice).orElse("unknown to this version"),
            answer.rid().orElse("none"));
    return new Reply.Failed<>(failure, error.flatMap(WeChatError::retryAfter));
  }

  /** Whether only the client or the person behind it can do something about it. */
  private static boolean isTheClients(WeChatFailure failure) {
    return switch (failure) {
      case CODE_INVALID, CODE_USED, USER_BLOCKED, SESSION_KEY_STALE, NOT_VISITED -> true;
      case RATE_LIMITED, APP_REFUSED, INVALID_ANSWER, BUSY, UNREACHABLE, TIMED_OUT -> false;
    };
  }
}
