package dev.minilogin.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The encrypted phone numbers that were handed out. Not thread-safe: {@link WeChatPlatform} locks.
 *
 * <p>WeChat does not say whether its hash is over the base64 text or the bytes, so both are known
 * here.
 */
final class EncryptedMessages {

  private static final Duration KEPT = Duration.ofDays(3);
  private static final int REMEMBERED = 20_000;

  private final Map<Message, Instant> createdAt =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Message, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  void register(String appId, String encryptedData, Instant now) {
    createdAt.put(new Message(appId, Digests.sha256Hex(Digests.utf8(encryptedData))), now);
    createdAt.put(
        new Message(appId, Digests.sha256Hex(Base64.getDecoder().decode(encryptedData))), now);
  }

  /** When data with that hash was handed out by the app, if in the last three days. */
  Optional<Instant> find(String appId, String hash, Instant now) {
    return Optional.ofNullable(createdAt.get(new Message(appId, hash)))
        .filter(created -> now.isBefore(created.plus(KEPT)));
  }

  void clear() {
    createdAt.clear();
  }

  private record Message(String appId, String hash) {}
}
