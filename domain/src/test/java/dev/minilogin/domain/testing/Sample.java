package dev.minilogin.domain.testing;

import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Values for tests, in WeChat's usual forms. Each call makes one that nobody else has. */
public final class Sample {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Sample() {}

  /** The time of the computer, in milliseconds: a storage may purge what is older. */
  public static Instant now() {
    return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  public static AppId appId() {
    return new AppId("wx" + HexFormat.of().formatHex(bytes(8)));
  }

  /** Enabled, with the default lifetimes; saved nowhere. */
  public static MiniProgram miniProgram() {
    return miniProgram(SessionLifetimes.DEFAULT);
  }

  /** Enabled; saved nowhere. */
  public static MiniProgram miniProgram(SessionLifetimes lifetimes) {
    return new MiniProgram(
        appId(), new AppSecret(HexFormat.of().formatHex(bytes(16))), true, lifetimes);
  }

  public static OpenId openId() {
    return new OpenId("o" + text(27));
  }

  public static UnionId unionId() {
    return new UnionId("o" + text(27));
  }

  public static SessionKey sessionKey() {
    return new SessionKey(Base64.getEncoder().encodeToString(bytes(16)));
  }

  public static LoginCode code() {
    return new LoginCode("0" + text(31));
  }

  public static LoginClaim claim() {
    return LoginClaim.of(appId(), code());
  }

  public static ResendKey resendKey() {
    return ResendKey.of(code(), text(22));
  }

  public static UserId userId() {
    return new UserId(TimeOrderedId.make(now(), RANDOM));
  }

  public static SessionId sessionId() {
    return new SessionId(TimeOrderedId.make(now(), RANDOM));
  }

  public static SessionToken token() {
    return SessionToken.mint(RANDOM);
  }

  /** A person whose mini program is bound to no Open Platform account. */
  public static WeChatIdentity identity() {
    return identity(openId());
  }

  /** A new session of this person, without a unionid. */
  public static WeChatIdentity identity(OpenId openId) {
    return new WeChatIdentity(openId, Optional.empty(), sessionKey());
  }

  /** A new session of this person. */
  public static WeChatIdentity identity(OpenId openId, UnionId unionId) {
    return new WeChatIdentity(openId, Optional.of(unionId), sessionKey());
  }

  /** A login of an unknown device that can't be had again. */
  public static NewLogin newLogin(MiniProgram app, WeChatIdentity identity) {
    return newLogin(app, identity, Device.UNKNOWN, Optional.empty(), now());
  }

  /** A login with a claim, handle and token of its own. */
  public static NewLogin newLogin(
      MiniProgram app,
      WeChatIdentity identity,
      Device device,
      Optional<ResendKey> resendKey,
      Instant at) {
    return new NewLogin(
        claim(), app, identity, userId(), sessionId(), token(), device, resendKey, at);
  }

  /** So many characters of {@code A-Z a-z 0-9 _ -}. */
  public static String text(int length) {
    return Base64.getUrlEncoder().encodeToString(bytes(length)).substring(0, length);
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
