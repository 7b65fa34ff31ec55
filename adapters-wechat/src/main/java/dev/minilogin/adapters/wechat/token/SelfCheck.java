package dev.minilogin.adapters.wechat.token;

import dev.minilogin.adapters.wechat.http.Deadline;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, before any person needs it, whether WeChat is reached and accepts a mini
 * program's AppSecret and this server's address: it gets the access token that a call would get,
 * with the same lease, so that WeChat is asked no more than otherwise. That it fails is told, with
 * the reason and what to do, by {@link RefusalReports}, as whenever there is no token.
 */
@Singleton
public final class SelfCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AccessTokenSource tokens;
  private final Set<AppId> failed = ConcurrentHashMap.newKeySet();

  SelfCheck(AccessTokenSource tokens) {
    this.tokens = tokens;
  }

  /**
   * Checks a mini program, which takes some seconds at the most.
   *
   * @return whether it has an access token
   */
  public boolean isWell(MiniProgram app) {
    boolean well = hasToken(app);
    if (!well) {
      failed.add(app.appId());
    } else if (!failed.contains(app.appId())) {
      LOG.info("{}: WeChat is reached and gives it access_tokens", app.appId());
    }
    return well;
  }

  private boolean hasToken(MiniProgram app) {
    try {
      return tokens.get(app, Deadline.in(PATIENCE)) instanceof Reply.Given;
    } catch (StorageUnavailable e) {
      // Told where it happened.
      return false;
    }
  }
}
