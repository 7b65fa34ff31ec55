package dev.minilogin.simulator.platform;

import dev.minilogin.simulator.platform.IssuedTokens.Issued;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * WeChat's state and its answers. Thread-safe: every method is one atomic step.
 *
 * <p>Methods that take an appId and a user register a user who is not known yet, and throw
 * NoSuchElementException for an app that is not known. The methods that answer a server API take
 * the appId of the app to which the access_token belongs: first {@link #refusal} of the token, then
 * {@link #appOf} it.
 */
public final class WeChatPlatform {

  /** WeChat's servers, as far as this platform has any. */
  private static final List<String> SERVERS = List.of("127.0.0.1");

  private final State state;
  private final CredentialApis credentialApis;
  private final UserApis userApis;
  private final SecurityApis securityApis;
  private final PhoneData phoneData;

  public WeChatPlatform(InstantSource clock, Settings settings) {
    state = new State(clock, settings);
    credentialApis = new CredentialApis(state);
    userApis = new UserApis(state);
    securityApis = new SecurityApis(state);
    phoneData = new PhoneData(state);
  }

  /** Registers a mini program, or replaces the one with its appId. */
  public synchronized void put(App app) {
    state.people.put(app);
  }

  public synchronized List<App> apps() {
    return state.people.apps();
  }

  /** Registers a user, or replaces the one with that name. */
  public synchronized void put(User user) {
    state.people.put(user);
  }

  public synchronized List<User> users() {
    return state.people.users();
  }

  public synchronized Settings settings() {
    return state.settings();
  }

  public synchronized void settings(Settings newSettings) {
    state.settings(newSettings);
  }

  /** How often an app may call a server API. */
  public synchronized Quota quota(Api api) {
    return state.quotas.of(api);
  }

  /**
   * Sets how often an app may call a server API; the calls so far count. A reset changes nothing.
   */
  public synchronized void quota(Api api, Quota quota) {
    state.quotas.set(api, quota);
  }

  /** What {@code wx.login} does: a code, and perhaps a new session_key. It is a visit. */
  public synchronized String logIn(String appId, String user) {
    Owner owner = meet(appId, user);
    Instant now = state.now();
    state.visits.visit(owner, now);
    state.sessionKeys.logIn(owner, now, state.settings().sessionKeyMinPeriod());
    return issue(state.loginCodes, owner);
  }

  /** The code that the phone number button gives: once, for five minutes. It is a visit. */
  public synchronized String issuePhoneCode(String appId, String user) {
    Owner owner = meet(appId, user);
    state.visits.visit(owner, state.now());
    return issue(state.phoneCodes, owner);
  }

  /** The code that {@code wx.pluginLogin} gives: once, for five minutes. */
  public synchronized String issuePluginCode(String appId, String user) {
    return issue(state.pluginCodes, meet(appId, user));
  }

  /** The codes that can still be exchanged: login codes, phone codes, plugin codes. */
  public synchronized List<PendingCode> pendingCodes() {
    Instant now = state.now();
    return Stream.of(
            state.loginCodes.pending("login", now),
            state.phoneCodes.pending("phone", now),
            state.pluginCodes.pending("plugin", now))
        .flatMap(List::stream)
        .toList();
  }

  /** The user is in the app, which the security APIs want to have happened within two hours. */
  public synchronized void visit(String appId, String user) {
    state.visits.visit(meet(appId, user), state.now());
  }

  /** As if the user had been in no app for two hours. */
  public synchronized void forgetVisits(String user) {
    state.visits.forget(user);
  }

  /**
   * A JSON object, encrypted as the phone does it: with a watermark at its end and under the
   * session_key, which is made if there is none.
   *
   * @throws IllegalArgumentException not a JSON object
   */
  public synchronized OpenData openData(String appId, String user, String json) {
    return phoneData.encrypted(meet(appId, user), json);
  }

  /** The phone number as the button gave it before there were codes. */
  public synchronized OpenData phoneData(String appId, String user) {
    return phoneData.phone(meet(appId, user));
  }

  /** What {@code wx.getUserProfile} gives today. */
  public synchronized UserInfo userInfo(String appId, String user) {
    return phoneData.anonymous(meet(appId, user));
  }

  /** What {@code getLatestUserKey} of the phone's crypto manager gives. */
  public synchronized UserKey latestUserKey(String appId, String user) {
    return state.userKeys.latest(meet(appId, user), state.now());
  }

  /**
   * What the next picture or sound of an app is found to be; several are taken one after the other.
   * Without any it is {@link Suggest#PASS}.
   */
  public synchronized void nextMediaVerdict(String appId, Suggest suggest) {
    state.people.app(appId);
    state.mediaVerdicts.arrange(appId, suggest);
  }

  /** The valid session_key of a user in an app, if there is one. */
  public synchronized Optional<String> sessionKey(String appId, String user) {
    return state.sessionKeys.find(new Owner(appId, user));
  }

  /** Makes the present session_key invalid; returns whether there was one. */
  public synchronized boolean expireSessionKey(String appId, String user) {
    return state.sessionKeys.expire(new Owner(appId, user));
  }

  /** The openid that a user has in an app. */
  public String openid(String appId, String user) {
    return Identifiers.openid(appId, user);
  }

  /** The openpid that a user has in a plugin's app. */
  public String openpid(String appId, String user) {
    return Identifiers.openpid(appId, user);
  }

  /**
   * The unionid of a user, if the app is bound to an Open Platform account.
   *
   * @throws NoSuchElementException no such app
   */
  public synchronized Optional<String> unionid(String appId, String user) {
    return state
        .people
        .app(appId)
        .openPlatform()
        .map(platform -> Identifiers.unionid(platform, user));
  }

  /** What an access_token of either family is worth now. */
  public synchronized AccessTokenState stateOf(String accessToken) {
    return state
        .tokens
        .find(accessToken)
        .map(issued -> issued.state(state.now()))
        .orElse(AccessTokenState.UNKNOWN);
  }

  /** The app that was given an access_token, whatever became of the token since. */
  public synchronized Optional<String> appOf(String accessToken) {
    return state.tokens.find(accessToken).map(Issued::appId);
  }

  /** Replaces the stable token as if another system had forced it: the present one dies at once. */
  public synchronized void killStableToken(String appId) {
    state.people.app(appId);
    state.tokens.killStable(appId, state.now());
  }

  /** Ends the life of all access tokens of an app. */
  public synchronized void expireAccessTokens(String appId) {
    state.people.app(appId);
    state.tokens.expire(appId, state.now());
  }

  /** Why an access_token does not open the APIs that want one; null or empty: there is none. */
  public synchronized Optional<Answer> refusal(String accessToken) {
    if (accessToken == null || accessToken.isEmpty()) {
      return Optional.of(Answer.refused(WeChatError.ACCESS_TOKEN_MISSING));
    }
    return switch (stateOf(accessToken)) {
      case VALID -> Optional.empty();
      case EXPIRED -> Optional.of(Answer.refused(WeChatError.ACCESS_TOKEN_EXPIRED));
      case DISPLACED, UNKNOWN -> Optional.of(Answer.refused(WeChatError.INVALID_CREDENTIAL));
    };
  }

  /**
   * Exchanges a login code; a missing parameter is null or empty. {@code grant_type} is not looked
   * at.
   */
  public synchronized Answer jscode2session(String appId, String secret, String code) {
    return credentialApis.jscode2session(appId, secret, code);
  }

  /** A new token of the plain family; the one before it works for five more minutes. */
  public synchronized Answer token(String grantType, String appId, String secret) {
    return credentialApis.token(grantType, appId, secret);
  }

  /** The token of the stable family, which the plain family never touches. */
  public synchronized Answer stableToken(StableTokenRequest request) {
    return credentialApis.stableToken(request);
  }

  /** Whether a session_key is the valid one. */
  public synchronized Answer checkSession(String appId, SignedRequest request) {
    return userApis.checkSession(appId, request);
  }

  /** Replaces a session_key by one that is as old. */
  public synchronized Answer resetSessionKey(String appId, SignedRequest request) {
    return userApis.resetSessionKey(appId, request);
  }

  /** Exchanges a phone code; a mistaken app or openid does not burn it. The openid may be null. */
  public synchronized Answer phoneNumber(String appId, String code, String openid) {
    return userApis.phoneNumber(appId, code, openid);
  }

  /** Whether encrypted data with that SHA-256, in hex, is ours and not three days old. */
  public synchronized Answer checkEncryptedData(String appId, String hash) {
    return userApis.checkEncryptedData(appId, hash);
  }

  /** Exchanges a plugin code. */
  public synchronized Answer pluginOpenpid(String appId, String code) {
    return userApis.pluginOpenpid(appId, code);
  }

  /** The encrypt keys of a user, the newest of which lives. */
  public synchronized Answer userKeys(String appId, SignedRequest request) {
    return userApis.userKeys(appId, request);
  }

  /** Checks a text. */
  public synchronized Answer checkText(String appId, TextCheck check) {
    return securityApis.checkText(appId, check);
  }

  /** Checks a text as version 1 of the API did. */
  public synchronized Answer checkText(String appId, String content) {
    return securityApis.checkText(appId, content);
  }

  /** Accepts a file to be checked. */
  public synchronized Answer checkMedia(String appId, MediaCheckRequest request) {
    return securityApis.checkMedia(appId, request);
  }

  /** Checks a picture at once; empty: there was none. */
  public synchronized Answer checkPicture(String appId, Optional<byte[]> picture) {
    return securityApis.checkPicture(appId, picture.map(Picture::new));
  }

  /** How risky a user is. */
  public synchronized Answer riskRank(String appId, RiskQuery query) {
    return securityApis.riskRank(appId, query);
  }

  /** Sets the daily counts of the calling app back; the body must name the same app. */
  public synchronized Answer clearQuota(String appId, String named) {
    return appId.equals(named)
        ? state.count(Api.CLEAR_QUOTA, appId).orElseGet(() -> credentialApis.clearQuota(appId))
        : Answer.refused(WeChatError.INVALID_APPID);
  }

  /** Sets the daily counts of an app back, without an access_token. */
  public synchronized Answer clearQuotaBySecret(String appId, String secret) {
    return credentialApis.clearQuota(appId, secret);
  }

  /** The addresses from which pushes come, or at which the APIs are. */
  public synchronized Answer serverIps(Api api, String appId) {
    return state.count(api, appId).orElseGet(() -> new Answer.IpList(SERVERS));
  }

  /** Forgets everything but the apps and the settings, quotas among them. */
  public synchronized void reset() {
    state.reset();
  }

  private Owner meet(String appId, String user) {
    return state.people.meet(appId, user);
  }

  private String issue(OneTimeCodes codes, Owner owner) {
    Instant now = state.now();
    return codes.issue(owner.appId(), owner.user(), now, now.plus(state.settings().codeLifetime()));
  }
}
