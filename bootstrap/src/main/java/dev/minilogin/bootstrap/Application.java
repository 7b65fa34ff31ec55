package dev.minilogin.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.security.SecureRandom;

/** The server. */
public final class Application {
  private Application() {}

  /**
   * Starts the server, or tells everything that is wrong with its configuration and exits with 1.
   */
  public static void main(String[] args) {
    try {
      checkConfiguration(args);
    } catch (InvalidConfiguration e) {
      System.err.println("Mini Login does not start:");
      e.problems().forEach(problem -> System.err.println("  - " + problem));
      System.exit(1);
    }
    Micronaut.build(args).mainClass(Application.class).banner(false).start();
  }

  /**
   * Before anything is started, so that what is wrong isn't told as a failure of something else.
   */
  private static void checkConfiguration(String[] args) {
    try (Environment environment =
        ApplicationContext.builder(args)
            .mainClass(Application.class)
            .build()
            .getEnvironment()
            .start()) {
      Settings.read(environment, new SecureRandom());
    }
  }
}
