package dev.minilogin.simulator.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The APIs about a user's session and data; who calls is known from the access_token. Not
 * thread-safe: {@link WeChatPlatform} locks.
 */
final class UserApis {

  private static final Pattern SHA256_HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private final State state;

  UserApis(State state) {
    this.state = state;
  }

  /** Knows but one error: {@code invalid signature}. */
  Answer checkSession(String appId, SignedRequest request) {
    return state
        .count(Api.CHECKSESSION, appId)
        .orElseGet(
            () ->
                request.hasKnownMethod()
                        && sessionKey(appId, request).filter(request::isSignedWith).isPresent()
                    ? new Answer.Done()
                    : Answer.refused(WeChatError.INVALID_SIGNATURE));
  }

  Answer resetSessionKey(String appId, SignedRequest request) {
    return state
        .count(Api.RESETUSERSESSIONKEY, appId)
        .or(
            () ->
                request.isComplete()
                    ? Optional.empty()
                    : Optional.of(Answer.refused(WeChatError.INVALID_ARGS)))
        .or(() -> refusal(appId, request))
        .orElseGet(
            () ->
                new Answer.NewSessionKey(
                    request.openid(),
                    owner(appId, request).flatMap(state.sessionKeys::replace).orElseThrow()));
  }

  Answer userKeys(String appId, SignedRequest request) {
    return state
        .count(Api.GETUSERENCRYPTKEY, appId)
        .or(() -> refusal(appId, request))
        .orElseGet(
            () ->
                new Answer.UserKeys(
                    state.userKeys.list(owner(appId, request).orElseThrow(), state.now()),
                    state.now()));
  }

  /** The openid may be null. */
  Answer phoneNumber(String appId, String code, String openid) {
    return state
        .count(Api.GETUSERPHONENUMBER, appId)
        .orElseGet(
            () ->
                state
                    .phoneCodes
                    .find(code)
                    .filter(issued -> issued.isGood(state.now()))
                    .map(issued -> exchange(appId, code, issued, openid))
                    .orElseGet(() -> Answer.refused(WeChatError.INVALID_CODE)));
  }

  Answer checkEncryptedData(String appId, String hash) {
    return state
        .count(Api.CHECKENCRYPTEDMSG, appId)
        .orElseGet(
            () ->
                SHA256_HEX.matcher(hash).matches()
                    ? state
                        .encryptedMessages
                        .find(appId, hash.toLowerCase(Locale.ROOT), state.now())
                        .<Answer>map(Answer.EncryptedData::new)
                        .orElseGet(() -> Answer.refused(WeChatError.ENCRYPTED_DATA_NOT_FOUND))
                    : Answer.refused(WeChatError.INVALID_ARGS));
  }

  Answer pluginOpenpid(String appId, String code) {
    return state
        .count(Api.GETPLUGINOPENPID, appId)
        .orElseGet(
            () ->
                state
                    .pluginCodes
                    .find(code)
                    .filter(issued -> issued.isGood(state.now()))
                    .map(issued -> exchangePluginCode(appId, code, issued))
                    .orElseGet(() -> Answer.refused(WeChatError.PLUGIN_OPENPID_NOT_FOUND)));
  }

  private Answer exchange(String appId, String code, OneTimeCodes.Issued issued, String openid) {
    if (!issued.appId().equals(appId)) {
      return Answer.refused(WeChatError.INVALID_APPID);
    }
    if (openid != null && !openid.equals(Identifiers.openid(appId, issued.user()))) {
      return Answer.refused(WeChatError.INVALID_OPENID);
    }
    state.phoneCodes.burn(code);
    return new Answer.Phone(
        state.people.user(issued.user()).phoneNumber(), appId, issued.issuedAt());
  }

  private Answer exchangePluginCode(String appId, String code, OneTimeCodes.Issued issued) {
    if (!issued.appId().equals(appId)) {
      return Answer.refused(WeChatError.PLUGIN_APPID_MISMATCH);
    }
    state.pluginCodes.burn(code);
    return new Answer.Openpid(Identifiers.openpid(appId, issued.user()));
  }

  private Optional<Answer> refusal(String appId, SignedRequest request) {
    if (!request.hasKnownMethod()) {
      return Optional.of(Answer.refused(WeChatError.INVALID_SIG_METHOD));
    }
    Optional<String> key = sessionKey(appId, request);
    if (key.isEmpty()) {
      return Optional.of(Answer.refused(WeChatError.SESSION_KEY_NOT_FOUND));
    }
    return request.isSignedWith(key.get())
        ? Optional.empty()
        : Optional.of(Answer.refused(WeChatError.INVALID_SIGNATURE));
  }

  private Optional<String> sessionKey(String appId, SignedRequest request) {
    return owner(appId, request).flatMap(state.sessionKeys::find);
  }

  private Optional<Owner> owner(String appId, SignedRequest request) {
    return state.people.ownerOf(request.openid()).filter(owner -> owner.appId().equals(appId));
  }
}
