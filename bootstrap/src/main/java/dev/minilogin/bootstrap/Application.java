package dev.minilogin.bootstrap;

import io.micronaut.runtime.Micronaut;
import java.util.List;

/** The server. */
public final class Application {
  private Application() {}

  /**
   * Starts the server, or tells everything that is wrong with its configuration and exits with 1.
   */
  public static void main(String[] args) {
    try {
      Micronaut.build(args).mainClass(Application.class).banner(false).start();
    } catch (RuntimeException e) {
      List<String> problems = InvalidConfiguration.problemsIn(e);
      if (problems.isEmpty()) {
        throw e;
      }
      System.err.println("Mini Login does not start:");
      problems.forEach(problem -> System.err.println("  - " + problem));
      System.exit(1);
    }
  }
}
