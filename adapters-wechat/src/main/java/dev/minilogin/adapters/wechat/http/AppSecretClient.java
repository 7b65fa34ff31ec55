package dev.minilogin.adapters.wechat.http;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.MiniProgram;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the APIs that an AppSecret authenticates. WeChat looks at the AppSecret first: where it
 * refuses that, it has done nothing and a code is as good as before, so that the call is repeated
 * once with the other AppSecret, if there is one. Which of the two was accepted is remembered, and
 * tried first from then on.
 */
@Singleton
public final class AppSecretClient {
  private static final Logger LOG = LoggerFactory.getLogger(AppSecretClient.class);

  private final WeChatClient weChat;
  private final Map<AppId, AppSecret> accepted = new ConcurrentHashMap<>();

  AppSecretClient(WeChatClient weChat) {
    this.weChat = weChat;
  }

  /**
   * Calls an API for a mini program, within the API's time.
   *
   * @param request makes the call that an AppSecret authenticates
   */
  public WeChatCall call(
      MiniProgram app, WeChatApi api, Function<AppSecret, WeChatRequest> request) {
    AppSecrets secrets = inOrder(app);
    Deadline deadline = weChat.deadline(api);
    WeChatCall first = weChat.call(request.apply(secrets.current()), deadline);
    if (secrets.other().isEmpty() || !isSecretRefused(api, first)) {
      return first;
    }
    AppSecret other = secrets.other().get();
    WeChatCall second = weChat.call(request.apply(other), deadline);
    if (second instanceof WeChatCall.Answered && !isSecretRefused(api, second)) {
      remember(app, other);
    }
    return second;
  }

  /** The one to try first as the current one. */
  private AppSecrets inOrder(MiniProgram app) {
    AppSecrets secrets = app.secrets();
    return secrets
        .other()
        .filter(other -> other.equals(accepted.get(app.appId())))
        .map(other -> AppSecrets.of(other).replacing(secrets))
        .orElse(secrets);
  }

  private void remember(MiniProgram app, AppSecret secret) {
    accepted.put(app.appId(), secret);
    if (secret.equals(app.secrets().current())) {
      LOG.info("WeChat accepts the AppSecret of {} that was configured last", app.appId());
    } else {
      LOG.warn(
          "WeChat refuses the AppSecret of {} that was configured last, and accepts the one before:"
              + " has it been reset at mp.weixin.qq.com, and have all instances the new one?",
          app.appId());
    }
  }

  private static boolean isSecretRefused(WeChatApi api, WeChatCall call) {
    return call instanceof WeChatCall.Answered(WeChatAnswer answer)
        && WeChatError.of(api, answer.errcode()).filter(WeChatError::isAboutSecret).isPresent();
  }
}
