package dev.minilogin.domain.testing;

import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * WeChat's login without WeChat: a code is good for one exchange, in the mini program that it was
 * given in. A user has the same openid whenever they log in to the same mini program. Thread-safe.
 */
public final class InMemoryWeChat implements CodeExchange {
  /** How long a caller is told to wait where waiting helps. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private record Issued(AppId appId, String user) {}

  private final Map<LoginCode, Issued> codes = new HashMap<>();
  private final Set<LoginCode> used = new HashSet<>();
  private final Map<AppId, String> openPlatforms = new HashMap<>();
  private final Queue<ExchangeFailure> failures = new ArrayDeque<>();
  private int exchanges;
  private boolean holding;

  /** Binds a mini program to an Open Platform account: its users have unionids from now on. */
  public synchronized void bind(MiniProgram app, String openPlatform) {
    openPlatforms.put(app.appId(), openPlatform);
  }

  /** What {@code wx.login} gives to this user in this mini program: a new code. */
  public synchronized LoginCode codeFor(String user, MiniProgram app) {
    LoginCode code = Sample.code();
    codes.put(code, new Issued(app.appId(), user));
    return code;
  }

  /** The user's openid in this mini program. */
  public OpenId openIdOf(String user, MiniProgram app) {
    return new OpenId("o" + digest("openid", app.appId().value(), user));
  }

  /** The user's unionid in this mini program; empty if it is bound to no account. */
  public synchronized Optional<UnionId> unionIdOf(String user, MiniProgram app) {
    return Optional.ofNullable(openPlatforms.get(app.appId()))
        .map(openPlatform -> new UnionId("u" + digest("unionid", openPlatform, user)));
  }

  /**
   * The next exchange fails so, whatever its code; called again, the one after it. The code is used
   * up if the failure says so.
   */
  public synchronized void failNext(ExchangeFailure failure) {
    failures.add(failure);
  }

  /** Exchanges that begin from now on don't end before {@link #letGo}. */
  public synchronized void hold() {
    holding = true;
  }

  /** Ends what {@link #hold} began. */
  public synchronized void letGo() {
    holding = false;
    notifyAll();
  }

  /** How many exchanges have begun. */
  public synchronized int exchanges() {
    return exchanges;
  }

  @Override
  public synchronized Result exchange(MiniProgram app, LoginCode code) {
    exchanges++;
    try {
      while (holding) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(ExchangeFailure.TIMED_OUT);
    }
    ExchangeFailure scripted = failures.poll();
    if (scripted != null) {
      if (scripted.codeSpent()) {
        used.add(code);
      }
      return failed(scripted);
    }
    Issued issued = codes.get(code);
    if (issued == null || !issued.appId().equals(app.appId())) {
      return failed(ExchangeFailure.CODE_INVALID);
    }
    if (!used.add(code)) {
      return failed(ExchangeFailure.CODE_USED);
    }
    return new Exchanged(
        new WeChatIdentity(
            openIdOf(issued.user(), app), unionIdOf(issued.user(), app), Sample.sessionKey()));
  }

  private static Failed failed(ExchangeFailure failure) {
    return new Failed(
        failure,
        switch (failure) {
          case RATE_LIMITED, BUSY, UNREACHABLE -> Optional.of(RETRY_AFTER);
          case CODE_INVALID, CODE_USED, USER_BLOCKED, APP_REFUSED, INVALID_ANSWER, TIMED_OUT ->
              Optional.empty();
        });
  }

  private static String digest(String kind, String scope, String user) {
    return Sha256.hex(String.join("\n", kind, scope, user)).substring(0, 27);
  }
}
