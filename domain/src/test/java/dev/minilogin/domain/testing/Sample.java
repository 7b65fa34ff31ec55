package dev.minilogin.domain.testing;

import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.review.TraceId;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PluginCode;
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
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Values for tests, in WeChat's usual forms. Each call makes one that nobody else has. */
public final class Sample {
  /** An operator. */
  public static final Actor ANN = Actor.operator("ann");

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

  /** Enabled, whose users may have so many sessions; saved nowhere. */
  public static MiniProgram miniProgram(int sessionsPerUser) {
    return miniProgram(
        SessionLifetimes.DEFAULT,
        new SessionPolicy(SessionPolicy.DEFAULT.admitted(), sessionsPerUser));
  }

  /** Enabled; saved nowhere. */
  public static MiniProgram miniProgram(SessionLifetimes lifetimes, SessionPolicy sessions) {
    MiniProgram usual = miniProgram(lifetimes);
    Policies policies = usual.policies();
    return new MiniProgram(
        usual.appId(),
        usual.secrets(),
        true,
        lifetimes,
        new Policies(
            policies.tenant(),
            policies.content(),
            policies.risk(),
            policies.encryptedDataChecked(),
            sessions),
        usual.push());
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

  public static PhoneCode phoneCode() {
    return new PhoneCode(HexFormat.of().formatHex(bytes(32)));
  }

  public static PluginCode pluginCode() {
    return new PluginCode(HexFormat.of().formatHex(bytes(32)));
  }

  /** Data that nobody can open. */
  public static EncryptedData encryptedData() {
    return new EncryptedData(
        Base64.getEncoder().encodeToString(bytes(48)),
        Base64.getEncoder().encodeToString(bytes(16)));
  }

  public static AccessToken accessToken() {
    return new AccessToken("99_" + text(133));
  }

  public static TraceId traceId() {
    return new TraceId(
        Stream.generate(() -> HexFormat.of().formatHex(bytes(4)))
            .limit(3)
            .collect(Collectors.joining("-")));
  }

  public static AvatarKey avatarKey() {
    return AvatarKey.make(RANDOM);
  }

  public static PushToken pushToken() {
    return new PushToken(HexFormat.of().formatHex(bytes(16)));
  }

  public static PushKey pushKey() {
    return new PushKey(Base64.getEncoder().withoutPadding().encodeToString(bytes(32)));
  }

  public static Tenant tenant() {
    return new Tenant(text(16));
  }

  /** A Chinese number. */
  public static PhoneNumber phoneNumber() {
    return new PhoneNumber("86", "1" + digits(10));
  }

  /** A review of a new value that a user gave in the mini program they visit; put nowhere. */
  public static Review review(StorageContract.Visitor visitor, ProfileField field, String value) {
    return new Review(
        uuid(),
        visitor.id(),
        visitor.app().appId(),
        visitor.openId(),
        field,
        value,
        0,
        Optional.empty());
  }

  public static LoginClaim claim() {
    return LoginClaim.of(appId(), code());
  }

  public static ResendKey resendKey() {
    return ResendKey.of(code(), text(22));
  }

  /** A UUID version 7. */
  public static UUID uuid() {
    return TimeOrderedId.make(now(), RANDOM);
  }

  public static UserId userId() {
    return new UserId(uuid());
  }

  public static SessionId sessionId() {
    return new SessionId(uuid());
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

  /** A release build on an install of its own. */
  public static Device device() {
    return device(EnvVersion.RELEASE);
  }

  /** That build on an install of its own. */
  public static Device device(EnvVersion build) {
    return device(InstallHash.of(text(36)), Optional.of(build));
  }

  /** That build on that install. */
  public static Device device(InstallHash install, Optional<EnvVersion> build) {
    return new Device(
        Optional.of(install),
        Optional.of("iPhone 15"),
        Optional.of("ios"),
        build,
        Optional.of("1.4.2"),
        Optional.of("1001"));
  }

  /** So many characters of {@code A-Z a-z 0-9 _ -}. */
  public static String text(int length) {
    return Base64.getUrlEncoder().encodeToString(bytes(length)).substring(0, length);
  }

  /** So many random bytes. */
  public static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String digits(int count) {
    return RANDOM.ints(count, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
  }
}
