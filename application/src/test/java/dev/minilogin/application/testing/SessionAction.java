package dev.minilogin.application.testing;

/**
 * One step of a trace. Numbers choose among what there is when the step is done: an instance, a
 * person, a mini program, a token that was given to somebody.
 */
sealed interface SessionAction {
  /**
   * @param install negative if it isn't told
   * @param build which one, the last one being none
   */
  record LogIn(int instance, int person, int app, int install, int build)
      implements SessionAction {}

  record Check(int instance, int token) implements SessionAction {}

  record LogOut(int instance, int token) implements SessionAction {}

  /** With one token, the session of another one is ended. */
  record End(int instance, int token, int other) implements SessionAction {}

  record EndOthers(int instance, int token) implements SessionAction {}

  record EndAll(int instance, int person) implements SessionAction {}

  record BindPhone(int instance, int token, int number, boolean move) implements SessionAction {}

  record Suspend(int person, boolean whether) implements SessionAction {}

  /** The clock moves; it may go back a little. */
  record Wait(long millis) implements SessionAction {}

  /** The clock moves on to a moment that counts for a session, or milliseconds off. */
  record Reach(int token, Moment moment, int off) implements SessionAction {}

  /** When something about a session changes. */
  enum Moment {
    SLIDES,
    IDLE_END,
    ABSOLUTE_END,
    ENDING,
    SUSPECT
  }
}
