package dev.minilogin.bootstrap;

/** A command did what was asked, and the operator must look after what came of it. */
final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** How the process then exits; 1 is for what isn't even tried. */
  static final int EXIT = 2;

  CommandFailed(String message) {
    super(message);
  }
}
