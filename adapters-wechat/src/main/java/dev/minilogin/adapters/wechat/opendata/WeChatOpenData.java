package dev.minilogin.adapters.wechat.opendata;

import dev.minilogin.adapters.wechat.crypto.CbcCipher;
import dev.minilogin.adapters.wechat.crypto.Digests;
import dev.minilogin.adapters.wechat.crypto.Texts;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * AES-128-CBC under the bytes of a session_key; SHA-1 with its text.
 *
 * <p>Every key is tried to the end, whatever an earlier one gave, and every failure is the same
 * one: neither the answer nor its time tells a bad padding from a bad JSON.
 */
@Singleton
final class WeChatOpenData implements OpenData {
  private static final int BLOCK = 16;
  private static final int KEY_BYTES = 16;
  private static final int LARGEST_BYTES = 16 * 1024;

  private final OpenDataReader reader;

  WeChatOpenData(JsonMapper json) {
    this.reader = new OpenDataReader(json);
  }

  @Override
  public Optional<OpenedData> open(
      Identity identity, EncryptedData data, Optional<SignedData> signed, Instant now) {
    Optional<OpenedData> opened = Optional.empty();
    for (SessionKey key : identity.sessionKeys()) {
      boolean signedRight = signed.isEmpty() || isSigned(signed.get(), key);
      Optional<OpenedData> withKey =
          decrypt(key.reveal(), data.iv(), data.data())
              .flatMap(plain -> read(plain, identity, now))
              .filter(_ -> signedRight);
      opened = opened.or(() -> withKey);
    }
    return opened;
  }

  /**
   * Reads what was decrypted even if its padding is wrong: that takes as long, and gives nothing.
   */
  private Optional<OpenedData> read(CbcCipher.Plain plain, Identity identity, Instant now) {
    boolean isText = plain.isPadded() & Texts.utf8(plain.bytes()).isPresent();
    return reader
        .read(new String(plain.bytes(), StandardCharsets.UTF_8), identity, now)
        .filter(_ -> isText);
  }

  @Override
  public Optional<String> decrypt(EncryptKey key, String base64) {
    return decrypt(key.reveal(), key.iv().getBytes(StandardCharsets.UTF_8), base64)
        .filter(CbcCipher.Plain::isPadded)
        .flatMap(plain -> Texts.utf8(plain.bytes()));
  }

  private static boolean isSigned(SignedData signed, SessionKey key) {
    return Digests.isSha1(signed.signature(), signed.rawData() + key.reveal());
  }

  private static Optional<CbcCipher.Plain> decrypt(String key, String iv, String data) {
    return Texts.base64(iv).flatMap(bytes -> decrypt(key, bytes, data));
  }

  private static Optional<CbcCipher.Plain> decrypt(String key, byte[] iv, String data) {
    Optional<byte[]> keyBytes = Texts.base64(key).filter(bytes -> bytes.length == KEY_BYTES);
    Optional<byte[]> ciphertext =
        Texts.base64(data).filter(bytes -> bytes.length <= LARGEST_BYTES + BLOCK);
    return keyBytes.flatMap(
        secret -> ciphertext.flatMap(bytes -> CbcCipher.decrypt(secret, iv, bytes, BLOCK)));
  }
}
