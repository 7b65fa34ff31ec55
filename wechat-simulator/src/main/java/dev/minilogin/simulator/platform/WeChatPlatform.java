package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/** WeChat's state and its answers. Thread-safe: every method is one atomic step. */
public final class WeChatPlatform {

  private static final String CLIENT_CREDENTIAL = "client_credential";

  private final InstantSource clock;
  private final Map<String, App> apps = new TreeMap<>();
  private final Map<String, User> users = new TreeMap<>();
  private final LoginCodes codes = new LoginCodes();
  private final SessionKeys sessionKeys = new SessionKeys();
  private final AccessTokens tokens = new AccessTokens();
  private Settings settings;

  public WeChatPlatform(InstantSource clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** Registers a mini program, or replaces the one with its appId. */
  public synchronized void put(App app) {
    apps.put(app.appId(), app);
  }

  public synchronized List<App> apps() {
    return List.copyOf(apps.values());
  }

  /** Registers a user, or replaces the one with that name. */
  public synchronized void put(User user) {
    users.put(user.name(), user);
  }

  public synchronized List<User> users() {
    return List.copyOf(users.values());
  }

  public synchronized Settings settings() {
    return settings;
  }

  public synchronized void settings(Settings newSettings) {
    settings = newSettings;
  }

  /**
   * What {@code wx.login} does: a code, and perhaps a new session_key. A user who is not known yet
   * is registered.
   *
   * @throws NoSuchElementException no such app
   */
  public synchronized String logIn(String appId, String user) {
    app(appId);
    users.computeIfAbsent(user, name -> new User(name, false));
    Instant now = clock.instant();
    sessionKeys.logIn(appId, user, now, settings.sessionKeyMinPeriod());
    return codes.issue(appId, user, now.plus(settings.codeLifetime()));
  }

  /** The valid session_key of a user in an app, if there is one. */
  public synchronized Optional<String> sessionKey(String appId, String user) {
    return sessionKeys.find(appId, user);
  }

  /** Makes the present session_key invalid; returns whether there was one. */
  public synchronized boolean expireSessionKey(String appId, String user) {
    return sessionKeys.expire(appId, user);
  }

  /** The openid that a user has in an app. */
  public String openid(String appId, String user) {
    return Identifiers.openid(appId, user);
  }

  /**
   * The unionid of a user, if the app is bound to an Open Platform account.
   *
   * @throws NoSuchElementException no such app
   */
  public synchronized Optional<String> unionid(String appId, String user) {
    return app(appId).openPlatform().map(platform -> Identifiers.unionid(platform, user));
  }

  /** What an access_token of either family is worth now. */
  public synchronized AccessTokenState stateOf(String accessToken) {
    return tokens.stateOf(accessToken, clock.instant());
  }

  /**
   * Exchanges a login code; a missing parameter is null or empty. {@code grant_type} is not looked
   * at.
   */
  public synchronized Answer jscode2session(String appId, String secret, String code) {
    return missing(appId, secret)
        .or(() -> isMissing(code) ? Optional.of(WeChatError.CODE_MISSING) : Optional.empty())
        .or(() -> wrong(appId, secret))
        .<Answer>map(Answer::refused)
        .orElseGet(() -> exchange(appId, code));
  }

  /** A new token of the plain family; the one before it works for five more minutes. */
  public synchronized Answer token(String grantType, String appId, String secret) {
    return refusal(grantType, appId, secret).orElseGet(() -> tokens.plain(appId, clock.instant()));
  }

  /** The token of the stable family, which the plain family never touches. */
  public synchronized Answer stableToken(StableTokenRequest request) {
    String appId = request.appId();
    return refusal(request.grantType(), appId, request.secret())
        .orElseGet(() -> tokens.stable(appId, request.forceRefresh(), clock.instant()));
  }

  /** The refusal of a body that is not what the API expects, with its hint. */
  public static Answer malformed() {
    WeChatError error = WeChatError.DATA_FORMAT;
    return new Answer.Refused(
        error.errcode(), error.message() + " hint: [" + RandomText.hint() + "]");
  }

  /** Forgets everything but the apps and the settings. */
  public synchronized void reset() {
    users.clear();
    codes.clear();
    sessionKeys.clear();
    tokens.clear();
  }

  private Answer exchange(String appId, String code) {
    Instant now = clock.instant();
    Optional<LoginCodes.Issued> found = codes.find(code, appId);
    if (found.isEmpty()) {
      return Answer.refused(WeChatError.INVALID_CODE);
    }
    LoginCodes.Issued issued = found.get();
    if (issued.used()) {
      return Answer.refused(WeChatError.CODE_USED);
    }
    if (!now.isBefore(issued.expiresAt())) {
      return Answer.refused(WeChatError.INVALID_CODE);
    }
    if (users.get(issued.user()).blocked()) {
      return Answer.refused(WeChatError.CODE_BLOCKED);
    }
    codes.burn(code);
    return new Answer.Session(
        sessionKeys.current(appId, issued.user(), now),
        openid(appId, issued.user()),
        unionid(appId, issued.user()));
  }

  private Optional<Answer> refusal(String grantType, String appId, String secret) {
    return missing(appId, secret)
        .or(() -> wrong(appId, secret))
        .or(
            () ->
                CLIENT_CREDENTIAL.equals(grantType)
                    ? Optional.empty()
                    : Optional.of(WeChatError.INVALID_GRANT_TYPE))
        .map(Answer::refused);
  }

  private static Optional<WeChatError> missing(String appId, String secret) {
    if (isMissing(appId)) {
      return Optional.of(WeChatError.APPID_MISSING);
    }
    return isMissing(secret) ? Optional.of(WeChatError.APPSECRET_MISSING) : Optional.empty();
  }

  private Optional<WeChatError> wrong(String appId, String secret) {
    App app = apps.get(appId);
    if (app == null) {
      return Optional.of(WeChatError.INVALID_APPID);
    }
    if (!app.secret().matches(secret)) {
      return Optional.of(WeChatError.INVALID_APPSECRET);
    }
    return app.enabled() ? Optional.empty() : Optional.of(WeChatError.APPSECRET_FROZEN);
  }

  private App app(String appId) {
    return Optional.ofNullable(apps.get(appId))
        .orElseThrow(() -> new NoSuchElementException("no such app"));
  }

  private static boolean isMissing(String parameter) {
    return parameter == null || parameter.isEmpty();
  }
}
