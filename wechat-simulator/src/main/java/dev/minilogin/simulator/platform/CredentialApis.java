package dev.minilogin.simulator.platform;

import java.util.Optional;

/** The APIs that carry the AppSecret. Not thread-safe: {@link WeChatPlatform} locks. */
final class CredentialApis {

  private static final String CLIENT_CREDENTIAL = "client_credential";

  private final State state;

  CredentialApis(State state) {
    this.state = state;
  }

  Answer jscode2session(String appId, String secret, String code) {
    return missing(appId, secret)
        .or(() -> isMissing(code) ? Optional.of(WeChatError.CODE_MISSING) : Optional.empty())
        .or(() -> wrong(appId, secret))
        .<Answer>map(Answer::refused)
        .orElseGet(() -> exchange(appId, code));
  }

  Answer token(String grantType, String appId, String secret) {
    return refusal(grantType, appId, secret)
        .or(() -> state.count(Api.TOKEN, appId))
        .orElseGet(() -> state.tokens.plain(appId, state.now()));
  }

  Answer stableToken(StableTokenRequest request) {
    String appId = request.appId();
    return refusal(request.grantType(), appId, request.secret())
        .or(() -> state.count(Api.STABLE_TOKEN, appId))
        .orElseGet(() -> state.tokens.stable(appId, request.forceRefresh(), state.now()));
  }

  Answer clearQuota(String appId, String secret) {
    return missing(appId, secret)
        .or(() -> wrong(appId, secret))
        .<Answer>map(Answer::refused)
        .or(() -> state.count(Api.CLEAR_QUOTA_V2, appId))
        .orElseGet(() -> clearQuota(appId));
  }

  Answer clearQuota(String appId) {
    return state.quotas.clearDay(appId, state.now())
        ? new Answer.Done()
        : Answer.refused(WeChatError.CLEARINGS_EXHAUSTED);
  }

  private Answer exchange(String appId, String code) {
    return state
        .loginCodes
        .find(code)
        .filter(issued -> issued.appId().equals(appId))
        .map(issued -> exchange(code, issued))
        .orElseGet(() -> Answer.refused(WeChatError.INVALID_CODE));
  }

  private Answer exchange(String code, OneTimeCodes.Issued issued) {
    Owner owner = new Owner(issued.appId(), issued.user());
    Optional<Answer> tooMany = state.count(Api.JSCODE2SESSION, owner);
    if (tooMany.isPresent()) {
      return tooMany.get();
    }
    if (issued.used()) {
      return Answer.refused(WeChatError.CODE_USED);
    }
    if (!issued.isGood(state.now())) {
      return Answer.refused(WeChatError.INVALID_CODE);
    }
    if (state.people.user(issued.user()).blocked()) {
      return Answer.refused(WeChatError.CODE_BLOCKED);
    }
    state.loginCodes.burn(code);
    return new Answer.Session(
        state.sessionKeys.current(owner, state.now()),
        Identifiers.openid(owner.appId(), owner.user()),
        state
            .people
            .app(owner.appId())
            .openPlatform()
            .map(platform -> Identifiers.unionid(platform, owner.user())));
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
    Optional<App> app = state.people.find(appId);
    if (app.isEmpty()) {
      return Optional.of(WeChatError.INVALID_APPID);
    }
    if (!app.get().secret().matches(secret)) {
      return Optional.of(WeChatError.INVALID_APPSECRET);
    }
    return app.get().enabled() ? Optional.empty() : Optional.of(WeChatError.APPSECRET_FROZEN);
  }

  private static boolean isMissing(String parameter) {
    return parameter == null || parameter.isEmpty();
  }
}
