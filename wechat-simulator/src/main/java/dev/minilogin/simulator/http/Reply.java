package dev.minilogin.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An answer: status, type and bytes. */
record Reply(int status, Optional<String> contentType, byte[] body) {

  static Reply of(int status, String contentType, String body) {
    return new Reply(status, Optional.of(contentType), body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply empty(int status) {
    return new Reply(status, Optional.empty(), new byte[0]);
  }

  Optional<String> text() {
    return body.length == 0
        ? Optional.empty()
        : Optional.of(new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Reply[status=" + status + "]";
  }
}
