package dev.minilogin.simulator.wire;

import java.time.Instant;
import java.util.Optional;

/**
 * One request and its answer as they were, secrets included: to be handed to {@link WireLog#record}
 * and forgotten.
 *
 * @param at when the request began
 * @param path raw path
 * @param query raw query, empty without one
 * @param status HTTP status, 0 when there was no answer
 * @param responseType Content-Type of the answer
 * @param authorization the request's Authorization header
 * @param idempotencyKey the request's Idempotency-Key header
 * @param note what else there is to say; must carry no secret
 */
public record Traffic(
    Instant at,
    Party from,
    Party to,
    String method,
    String path,
    Optional<String> query,
    int status,
    long millis,
    Optional<String> requestBody,
    Optional<String> responseBody,
    Optional<String> responseType,
    Optional<String> authorization,
    Optional<String> idempotencyKey,
    Optional<String> note) {

  @Override
  public String toString() {
    return "Traffic[" + from + " to " + to + ", status=" + status + "]";
  }
}
