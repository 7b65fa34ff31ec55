package dev.minilogin.adapters.wechat.push;

import dev.minilogin.adapters.wechat.crypto.CbcCipher;
import dev.minilogin.adapters.wechat.crypto.Digests;
import dev.minilogin.adapters.wechat.crypto.Texts;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * SHA-1 over the sorted token, timestamp and nonce, and in the encrypted modes the ciphertext;
 * AES-256-CBC, whose iv is the key's first half, padded to 32 bytes.
 */
@Singleton
final class WeChatPushEnvelopes implements PushEnvelopes {
  private static final int LONGEST_BODY = 64 * 1024;
  private static final int BLOCK = 32;
  private static final int IV_BYTES = 16;
  private static final int RANDOM_BYTES = 16;

  private final JsonPush json;

  WeChatPushEnvelopes(JsonMapper json) {
    this.json = new JsonPush(json);
  }

  @Override
  public boolean isGenuine(PushSettings settings, PushRequest check, Instant now) {
    return isTimely(check, now)
        && Digests.isSignature(
            check.signature(), settings.token().reveal(), check.timestamp(), check.nonce());
  }

  @Override
  public Optional<PushEvent> open(
      AppId appId, PushSettings settings, PushRequest push, Instant now) {
    if (push.body().length() > LONGEST_BODY || !isTimely(push, now)) {
      return Optional.empty();
    }
    Optional<String> message =
        switch (settings.mode()) {
          case PLAIN ->
              isGenuine(settings, push, now) ? Optional.of(push.body()) : Optional.empty();
          case COMPATIBLE, SECURE ->
              encrypted(settings, push).flatMap(text -> decrypt(appId, settings, text));
        };
    return message.flatMap(text -> fields(settings, text)).map(PushEvent::new);
  }

  private static boolean isTimely(PushRequest push, Instant now) {
    if (!push.timestamp().matches("\\d{1,12}")) {
      return false;
    }
    Instant at = Instant.ofEpochSecond(Long.parseLong(push.timestamp()));
    return Duration.between(at, now).abs().compareTo(WINDOW) <= 0;
  }

  /** The ciphertext, if it is signed; whatever else is in the body is not read. */
  private Optional<String> encrypted(PushSettings settings, PushRequest push) {
    return fields(settings, push.body())
        .map(fields -> fields.get("Encrypt"))
        .filter(
            text ->
                push.messageSignature().isPresent()
                    && Digests.isSignature(
                        push.messageSignature().get(),
                        settings.token().reveal(),
                        push.timestamp(),
                        push.nonce(),
                        text));
  }

  /** The message, with the first key that opens it; all are tried. */
  private static Optional<String> decrypt(AppId appId, PushSettings settings, String base64) {
    Optional<String> message = Optional.empty();
    for (PushKey key : settings.keys()) {
      byte[] bytes = key.bytes();
      Optional<String> withKey =
          Texts.base64(base64)
              .flatMap(
                  text -> CbcCipher.decrypt(bytes, Arrays.copyOf(bytes, IV_BYTES), text, BLOCK))
              .filter(CbcCipher.Plain::isPadded)
              .flatMap(plain -> message(appId, ByteBuffer.wrap(plain.bytes())));
      message = message.or(() -> withKey);
    }
    return message;
  }

  /** 16 random bytes, the message's length in 4, the message, and the appid that it is for. */
  private static Optional<String> message(AppId appId, ByteBuffer plain) {
    if (plain.remaining() < RANDOM_BYTES + Integer.BYTES) {
      return Optional.empty();
    }
    int length = plain.position(RANDOM_BYTES).getInt();
    if (length < 0 || length > plain.remaining()) {
      return Optional.empty();
    }
    byte[] message = new byte[length];
    plain.get(message);
    byte[] recipient = new byte[plain.remaining()];
    plain.get(recipient);
    return MessageDigest.isEqual(recipient, appId.value().getBytes(StandardCharsets.UTF_8))
        ? Texts.utf8(message)
        : Optional.empty();
  }

  private Optional<Map<String, String>> fields(PushSettings settings, String text) {
    return switch (settings.format()) {
      case JSON -> json.read(text);
      case XML -> XmlPush.read(text);
    };
  }
}
