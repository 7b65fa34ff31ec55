package dev.minilogin.simulator.http;

/**
 * A control or client call that can't be done; its message goes to the caller and repeats nothing
 * he sent.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  int status() {
    return status;
  }
}
