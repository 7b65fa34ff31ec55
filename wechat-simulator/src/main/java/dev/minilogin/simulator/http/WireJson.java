package dev.minilogin.simulator.http;

import dev.minilogin.simulator.wire.WireEntry;
import java.util.Map;

/** A wire entry as JSON; an absent field is null. */
record WireJson(
    long id,
    String at,
    String from,
    String to,
    String method,
    String path,
    int status,
    long millis,
    String requestBody,
    String responseBody,
    Map<String, String> requestHeaders,
    String note) {

  static WireJson of(WireEntry entry) {
    return new WireJson(
        entry.id(),
        entry.at(),
        entry.from(),
        entry.to(),
        entry.method(),
        entry.path(),
        entry.status(),
        entry.millis(),
        entry.requestBody().orElse(null),
        entry.responseBody().orElse(null),
        entry.requestHeaders().orElse(null),
        entry.note().orElse(null));
  }
}
