package dev.minilogin.domain.wechat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Decrypts and verifies open data (开放数据校验与解密). Asks nobody. */
public interface OpenData {
  /** Data older than this is refused: it may have been recorded. */
  Duration GOOD_FOR = Duration.ofMinutes(5);

  /**
   * Opens encrypted data with the first of a person's session_keys that does.
   *
   * @param identity whose data it must be: its mini program's appid is compared with the watermark,
   *     its openid with the data's, where there is one; its session_keys are tried newest first
   * @param signed must be signed under the session_key that opens the data; empty if the client
   *     sent none
   * @param now the watermark must not be older than {@link #GOOD_FOR}, nor from the future by more
   *     than that
   * @return empty whatever is wrong, and as quickly: what is wrong is an oracle for whoever has no
   *     key
   */
  Optional<OpenedData> open(
      Identity identity, EncryptedData data, Optional<SignedData> signed, Instant now);

  /**
   * Decrypts a message of the encrypted channel: AES-128-CBC under one of {@link
   * SessionKeyAuthority#encryptKeys}.
   *
   * @param base64 the ciphertext
   * @return the plain text; empty whatever is wrong
   */
  Optional<String> decrypt(EncryptKey key, String base64);
}
