package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link InMemoryWeChat} does with the session_keys that its logins give. No time passes
 * here, but that a test lets the encrypt keys end. Thread-safe.
 */
public final class InMemorySessionKeyAuthority extends InMemoryApi implements SessionKeyAuthority {
  private static final int KEYS_GIVEN = 3;

  private record Person(AppId appId, OpenId openId) {}

  private final InMemoryWeChat weChat;
  private final Map<Person, List<EncryptKey>> encryptKeys = new HashMap<>();

  public InMemorySessionKeyAuthority(InMemoryWeChat weChat) {
    this.weChat = weChat;
  }

  /** The encrypt key that the person's phone has; one is made if there is none that is good. */
  public synchronized EncryptKey encryptKeyOf(MiniProgram app, OpenId openId) {
    return newestFirst(app, openId).getFirst();
  }

  /** All encrypt keys end now. */
  public synchronized void endEncryptKeys() {
    encryptKeys.replaceAll(
        (_, keys) ->
            keys.stream()
                .map(key -> new EncryptKey(key.reveal(), key.iv(), key.version(), Duration.ZERO))
                .toList());
  }

  @Override
  public Reply<Boolean> isValid(MiniProgram app, OpenId openId, SessionKey key) {
    return answer(() -> new Reply.Given<>(isCurrent(app, openId, key)));
  }

  @Override
  public Reply<SessionKey> reset(MiniProgram app, OpenId openId, SessionKey key) {
    return answer(
        () ->
            isCurrent(app, openId, key)
                ? new Reply.Given<>(weChat.renewSessionKey(app, openId))
                : failed(WeChatFailure.SESSION_KEY_STALE));
  }

  @Override
  public Reply<List<EncryptKey>> encryptKeys(MiniProgram app, OpenId openId, SessionKey key) {
    return answer(
        () ->
            isCurrent(app, openId, key)
                ? new Reply.Given<>(newestFirst(app, openId))
                : failed(WeChatFailure.SESSION_KEY_STALE));
  }

  private boolean isCurrent(MiniProgram app, OpenId openId, SessionKey key) {
    return weChat.sessionKeyOf(app, openId).equals(Optional.of(key));
  }

  private List<EncryptKey> newestFirst(MiniProgram app, OpenId openId) {
    return encryptKeys.compute(
        new Person(app.appId(), openId),
        (_, known) -> {
          List<EncryptKey> keys = new ArrayList<>(known == null ? List.of() : known);
          if (keys.isEmpty() || !keys.getFirst().left().isPositive()) {
            keys.addFirst(newKey(keys.isEmpty() ? 1 : keys.getFirst().version() + 1));
          }
          return keys.stream().limit(KEYS_GIVEN).toList();
        });
  }

  private static EncryptKey newKey(long version) {
    return new EncryptKey(
        Base64.getEncoder().encodeToString(Sample.bytes(16)),
        Sample.text(16),
        version,
        Duration.ofHours(1));
  }
}
