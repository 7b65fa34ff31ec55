package dev.minilogin.simulator.push;

import java.util.Optional;

/**
 * What one try of a push came to.
 *
 * @param status HTTP status, 0 when there was no answer
 * @param body empty without an answer
 * @param failure why there was no answer
 */
public record PushAnswer(int status, String body, Optional<String> failure) {

  static final String SUCCESS = "success";

  static PushAnswer none(String failure) {
    return new PushAnswer(0, "", Optional.of(failure));
  }

  /** Whether WeChat is content: HTTP 200 with {@code success} or nothing at all. */
  public boolean accepted() {
    return status == 200 && (body.isEmpty() || body.equals(SUCCESS));
  }

  @Override
  public String toString() {
    return "PushAnswer[status=" + status + failure.map(why -> ", " + why).orElse("") + "]";
  }
}
