package dev.minilogin.bootstrap;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.runtime.Micronaut;
import java.security.SecureRandom;
import java.util.Map;

/** The server. */
public final class Application {
  private Application() {}

  /**
   * Starts the server, or runs a command for the operator ({@code help} lists them). If something
   * is wrong with the configuration or the command, tells all of it and exits with 1; with 2 if the
   * command found something wrong.
   */
  public static void main(String[] args) {
    if (OperatorCommands.isHelpAskedFor(args)) {
      System.out.println(OperatorCommands.USAGE);
      return;
    }
    boolean isCommand = OperatorCommands.isAskedFor(args);
    try {
      checkConfiguration(isCommand ? new String[0] : args);
      if (isCommand) {
        System.out.println(OperatorCommands.run(args, Application::startWithoutServer));
        return;
      }
    } catch (CommandFailed e) {
      System.err.println(e.getMessage());
      System.exit(CommandFailed.EXIT);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (InvalidConfiguration e) {
      System.err.println("Mini Login does not start:");
      e.problems().forEach(problem -> System.err.println("  - " + problem));
      System.exit(1);
    }
    Micronaut.build(args).mainClass(Application.class).banner(false).start();
  }

  private static ApplicationContext startWithoutServer(Map<String, Object> properties) {
    return ApplicationContext.builder()
        .mainClass(Application.class)
        .banner(false)
        .properties(properties)
        .start();
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
