package dev.minilogin.simulator.wire;

import java.util.Map;
import java.util.Optional;

/**
 * One line of the wire log, secrets masked.
 *
 * @param id grows by one with every entry, and over a reset too
 * @param at when the request began, ISO-8601 UTC
 * @param from {@code mini-program} or {@code server}
 * @param to {@code server} or {@code wechat}
 * @param path with query
 * @param status HTTP status, 0 when there was no answer
 * @param requestHeaders {@code authorization} and {@code idempotency-key}, if the request had one
 *     of them
 */
public record WireEntry(
    long id,
    String at,
    String from,
    String to,
    String method,
    String path,
    int status,
    long millis,
    Optional<String> requestBody,
    Optional<String> responseBody,
    Optional<Map<String, String>> requestHeaders,
    Optional<String> note) {}
