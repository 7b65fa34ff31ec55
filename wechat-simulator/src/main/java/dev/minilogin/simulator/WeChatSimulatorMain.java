package dev.minilogin.simulator;

import dev.minilogin.simulator.platform.App;

/**
 * Runs a simulator until the process is ended: {@code [--port N] [--app
 * appId:secret[:openPlatform]]…}.
 */
public final class WeChatSimulatorMain {

  private static final int DEFAULT_PORT = 9090;
  private static final int HIGHEST_PORT = 65_535;
  private static final int EXIT_USAGE = 2;

  private WeChatSimulatorMain() {}

  /** Exits with 2 if the arguments make no sense. */
  public static void main(String[] args) {
    Options options;
    try {
      options = parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println("usage: [--port N] [--app appId:secret[:openPlatform]]...");
      System.exit(EXIT_USAGE);
      return;
    }
    WeChatSimulator simulator = WeChatSimulator.start(options);
    Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "close-simulator"));
    System.out.println("WeChat simulator: " + simulator.uri());
    System.out.println("Console:          " + simulator.uri() + "/simulator/");
  }

  /**
   * The options that a command line asks for; port 9090 unless it says otherwise.
   *
   * @throws IllegalArgumentException says what is wrong, without repeating a secret
   */
  static Options parse(String... args) {
    Options options = Options.defaults().withPort(DEFAULT_PORT);
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException("the last option has no value");
      }
      String value = args[i + 1];
      options =
          switch (args[i]) {
            case "--port" -> options.withPort(port(value));
            case "--app" -> options.withApp(app(value));
            default -> throw new IllegalArgumentException("only --port and --app are known");
          };
    }
    return options;
  }

  private static int port(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > HIGHEST_PORT) {
      throw new IllegalArgumentException("--port must be 0 to " + HIGHEST_PORT);
    }
    return Integer.parseInt(value);
  }

  private static App app(String value) {
    String[] parts = value.split(":", -1);
    return switch (parts.length) {
      case 2 -> App.of(parts[0], parts[1]);
      case 3 -> App.of(parts[0], parts[1], parts[2]);
      default -> throw new IllegalArgumentException("--app must be appId:secret[:openPlatform]");
    };
  }
}
