package dev.minilogin.domain.session;

import dev.minilogin.domain.identifier.Secret;
import dev.minilogin.domain.wechat.LoginCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What lets a client that lost the answer of its login have it again: a key that only the holder of
 * code and idempotency key can make. The answer is kept sealed under it, so that the database alone
 * gives it to nobody.
 *
 * @param reveal 256 bits as 64 hexadecimal digits: HMAC-SHA-256 of the idempotency key under the
 *     code
 */
public record ResendKey(String reveal) implements Secret {
  /** How long an answer can be had again, counted from the login. */
  public static final Duration LIFETIME = Duration.ofSeconds(60);

  /**
   * The key of a login request.
   *
   * @param idempotencyKey what the client sent, at least one character
   */
  public static ResendKey of(LoginCode code, String idempotencyKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(code.reveal().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      byte[] key =
          mac.doFinal(("mini-login resend " + idempotencyKey).getBytes(StandardCharsets.UTF_8));
      return new ResendKey(HexFormat.of().formatHex(key));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** The key as 32 bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(reveal);
  }

  @Override
  public String toString() {
    return masked();
  }
}
