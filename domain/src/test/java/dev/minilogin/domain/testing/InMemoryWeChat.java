package dev.minilogin.domain.testing;

import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * WeChat's login without WeChat: a code is good for one exchange, in the mini program that it was
 * given in. A user has the same openid whenever they log in to the same mini program; each login
 * replaces their session_key. Thread-safe.
 */
public final class InMemoryWeChat extends InMemoryApi implements CodeExchange {
  private record Issued(AppId appId, String user) {}

  private record Person(AppId appId, OpenId openId) {}

  private final Map<LoginCode, Issued> codes = new HashMap<>();
  private final Set<LoginCode> used = new HashSet<>();
  private final Map<AppId, String> openPlatforms = new HashMap<>();
  private final Map<Person, SessionKey> sessionKeys = new HashMap<>();

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

  /** The person's valid session_key; empty if they never logged in. */
  public synchronized Optional<SessionKey> sessionKeyOf(MiniProgram app, OpenId openId) {
    return Optional.ofNullable(sessionKeys.get(new Person(app.appId(), openId)));
  }

  /** Replaces the person's session_key, as a login would. */
  public synchronized SessionKey renewSessionKey(MiniProgram app, OpenId openId) {
    SessionKey key = Sample.sessionKey();
    sessionKeys.put(new Person(app.appId(), openId), key);
    return key;
  }

  /** How many exchanges have begun. */
  public int exchanges() {
    return calls();
  }

  @Override
  public Reply<WeChatIdentity> exchange(MiniProgram app, LoginCode code) {
    return answer(
        () -> {
          Issued issued = codes.get(code);
          if (issued == null || !issued.appId().equals(app.appId())) {
            return failed(WeChatFailure.CODE_INVALID);
          }
          if (!used.add(code)) {
            return failed(WeChatFailure.CODE_USED);
          }
          OpenId openId = openIdOf(issued.user(), app);
          return new Reply.Given<>(
              new WeChatIdentity(
                  openId, unionIdOf(issued.user(), app), renewSessionKey(app, openId)));
        },
        () -> used.add(code));
  }

  static String digest(String kind, String scope, String user) {
    return Sha256.hex(String.join("\n", kind, scope, user)).substring(0, 27);
  }
}
