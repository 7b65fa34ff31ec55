package dev.minilogin.bootstrap;

import java.util.List;

/** The configuration has problems, all of which are told at once. */
final class InvalidConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems each names the setting and says what it must be; none shows a secret
   */
  InvalidConfiguration(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  List<String> problems() {
    return problems;
  }
}
