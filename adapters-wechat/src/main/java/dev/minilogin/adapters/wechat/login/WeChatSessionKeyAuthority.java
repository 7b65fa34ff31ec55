package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.crypto.Digests;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** checkSessionKey, resetUserSessionKey and getUserEncryptKey. */
@Singleton
final class WeChatSessionKeyAuthority implements SessionKeyAuthority {
  private final AuthorizedClient weChat;

  WeChatSessionKeyAuthority(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<Boolean> isValid(MiniProgram app, OpenId openId, SessionKey key) {
    Reply<Boolean> reply =
        weChat.call(app, signed(WeChatApi.CHECK_SESSION_KEY, openId, key), _ -> Optional.of(true));
    return reply instanceof Reply.Failed<Boolean>(var failure, _)
            && failure == WeChatFailure.SESSION_KEY_STALE
        ? new Reply.Given<>(false)
        : reply;
  }

  @Override
  public Reply<SessionKey> reset(MiniProgram app, OpenId openId, SessionKey key) {
    return weChat.call(
        app,
        signed(WeChatApi.RESET_USER_SESSION_KEY, openId, key),
        answer -> answer.text("session_key").map(SessionKey::new));
  }

  @Override
  public Reply<List<EncryptKey>> encryptKeys(MiniProgram app, OpenId openId, SessionKey key) {
    return weChat.call(
        app,
        signed(WeChatApi.GET_USER_ENCRYPT_KEY, openId, key),
        answer -> {
          List<WeChatAnswer> infos = answer.objects("key_info_list");
          List<EncryptKey> keys =
              infos.stream().flatMap(info -> encryptKey(info).stream()).toList();
          return keys.size() == infos.size() && !keys.isEmpty()
              ? Optional.of(keys)
              : Optional.empty();
        });
  }

  private static Optional<EncryptKey> encryptKey(WeChatAnswer info) {
    Optional<String> key = info.text("encrypt_key");
    Optional<String> iv = info.text("iv");
    Optional<Long> version = info.number("version");
    Optional<Long> left = info.number("expire_in");
    return key.isPresent() && iv.isPresent() && version.isPresent() && left.isPresent()
        ? Optional.of(
            new EncryptKey(key.get(), iv.get(), version.get(), Duration.ofSeconds(left.get())))
        : Optional.empty();
  }

  private static WeChatRequest signed(WeChatApi api, OpenId openId, SessionKey key) {
    return WeChatRequest.get(
        api,
        Map.of(
            "openid", openId.value(),
            "signature", Digests.hmacSha256(key.reveal(), ""),
            "sig_method", "hmac_sha256"));
  }
}
