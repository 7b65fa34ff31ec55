package dev.minilogin.adapters.wechat.token;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.adapters.wechat.http.Deadline;
import dev.minilogin.adapters.wechat.http.Replies;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatCall;
import dev.minilogin.adapters.wechat.http.WeChatClient;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;

/**
 * Calls the APIs that need an access token. If WeChat doesn't accept the token it hasn't acted, so
 * that the call is repeated once with another one, codes included.
 */
@Singleton
public final class AuthorizedClient {
  private final WeChatClient weChat;
  private final AccessTokenSource tokens;

  AuthorizedClient(WeChatClient weChat, AccessTokenSource tokens) {
    this.weChat = weChat;
    this.tokens = tokens;
  }

  /**
   * Calls an API for a mini program, within the API's time.
   *
   * @param reader what is made of the answer, see {@link Replies#read}
   * @throws dev.minilogin.domain.failure.StorageUnavailable if a token is needed and the storage
   *     can't be asked for it
   */
  public <T> Reply<T> call(
      MiniProgram app, WeChatRequest request, Function<WeChatAnswer, Optional<T>> reader) {
    Deadline deadline = weChat.deadline(request.api());
    Reply<WeChatCall> call =
        switch (send(app, request, deadline)) {
          case Reply.Given<WeChatCall>(var first) when isTokenRefused(request.api(), first) ->
              send(app, request, deadline);
          case Reply<WeChatCall> other -> other;
        };
    return switch (call) {
      case Reply.Failed<WeChatCall>(var failure, var retryAfter) ->
          new Reply.Failed<>(failure, retryAfter);
      case Reply.Given<WeChatCall>(WeChatCall sent) ->
          Replies.read(
              request.api(), app.appId(), Replies.of(request.api(), app.appId(), sent), reader);
    };
  }

  private Reply<WeChatCall> send(MiniProgram app, WeChatRequest request, Deadline deadline) {
    return tokens
        .get(app, deadline)
        .map(
            token -> {
              WeChatCall call = weChat.call(request.with(token), deadline);
              if (isTokenRefused(request.api(), call)) {
                tokens.reject(app.appId(), token);
              }
              return call;
            });
  }

  private static boolean isTokenRefused(WeChatApi api, WeChatCall call) {
    return call instanceof WeChatCall.Answered(WeChatAnswer answer)
        && WeChatError.of(api, answer.errcode()).filter(WeChatError::isAboutToken).isPresent();
  }
}
