package dev.minilogin.bootstrap.logging;

/** What one event is in the log. */
public enum LogFormat {
  /** A line, and the stack trace on lines of its own. */
  TEXT,

  /** One line of JSON, with the stack trace in it. */
  JSON
}
