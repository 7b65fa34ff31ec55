package dev.minilogin.simulator.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A signed push as it goes over the wire, by POST.
 *
 * @param query what is added to the push URL, encoded
 */
public record PushEnvelope(String query, String contentType, String body) {

  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Signs a message, and seals it as the target wants, with a nonce of its own.
   *
   * @param message all fields, {@code ToUserName} and {@code FromUserName} among them
   * @param timestamp the time in the query, which need not be the message's
   * @throws IllegalArgumentException the target's format has no way to write the message
   */
  public static PushEnvelope seal(
      PushTarget target, String appId, ObjectNode message, Instant timestamp) {
    byte[] random = new byte[EnvelopeCipher.RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return seal(target, appId, message, timestamp, nonce(), random);
  }

  static PushEnvelope seal(
      PushTarget target,
      String appId,
      ObjectNode message,
      Instant timestamp,
      String nonce,
      byte[] random) {
    PushFormat format = target.format();
    String time = Long.toString(timestamp.getEpochSecond());
    String query = signed(target, time, nonce) + openid(message);
    String plain = PushText.of(format, message);
    if (target.mode() == PushMode.PLAIN) {
      return new PushEnvelope(query, PushText.contentType(format), plain);
    }
    String encrypt =
        EnvelopeCipher.encrypt(target.encodingAesKey().orElseThrow(), appId, random, plain);
    ObjectNode body =
        target.mode() == PushMode.COMPATIBLE
            ? message.deepCopy()
            : JsonNodeFactory.instance.objectNode().set("ToUserName", message.get("ToUserName"));
    return new PushEnvelope(
        query
            + "&encrypt_type=aes&msg_signature="
            + PushSignature.of(target.token(), time, nonce, encrypt),
        PushText.contentType(format),
        PushText.of(format, body.put("Encrypt", encrypt)));
  }

  /** The query of the check that WeChat makes when a push URL is saved. */
  static String check(PushTarget target, Instant timestamp, String nonce, String echo) {
    return signed(target, Long.toString(timestamp.getEpochSecond()), nonce) + "&echostr=" + echo;
  }

  /** Decimal digits, as WeChat's are. */
  static String nonce() {
    return Long.toString(RANDOM.nextLong(100_000_000L, 10_000_000_000L));
  }

  /** The push URL with the query. */
  public URI uri(URI url) {
    return uri(url, query);
  }

  static URI uri(URI url, String query) {
    String base = url.toString().replaceFirst("#.*", "");
    return URI.create(base + (url.getRawQuery() == null ? "?" : "&") + query);
  }

  private static String signed(PushTarget target, String timestamp, String nonce) {
    return "signature="
        + PushSignature.of(target.token(), timestamp, nonce)
        + "&timestamp="
        + timestamp
        + "&nonce="
        + nonce;
  }

  private static String openid(ObjectNode message) {
    return "&openid="
        + URLEncoder.encode(message.path("FromUserName").asText(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PushEnvelope[contentType=" + contentType + "]";
  }
}
