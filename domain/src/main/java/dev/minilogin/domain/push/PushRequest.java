package dev.minilogin.domain.push;

import java.util.Objects;
import java.util.Optional;

/**
 * A request to our push address, of which nothing is proved yet.
 *
 * @param signature {@code signature} of the query
 * @param timestamp {@code timestamp} of the query
 * @param nonce {@code nonce} of the query
 * @param messageSignature {@code msg_signature} of the query
 * @param body as received
 */
public record PushRequest(
    String signature,
    String timestamp,
    String nonce,
    Optional<String> messageSignature,
    String body) {
  public PushRequest {
    Objects.requireNonNull(signature, "signature");
    Objects.requireNonNull(timestamp, "timestamp");
    Objects.requireNonNull(nonce, "nonce");
    Objects.requireNonNull(messageSignature, "messageSignature");
    Objects.requireNonNull(body, "body");
  }

  /** Without what is signed. */
  @Override
  public String toString() {
    return "PushRequest[masked]";
  }
}
