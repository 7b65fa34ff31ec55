package dev.minilogin.simulator;

import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a simulator starts.
 *
 * @param port where it listens on 127.0.0.1; 0 for any free port
 * @param clock WeChat's time, to which {@link WeChatSimulator#advance} adds
 * @param apps the mini programs that are registered from the start
 */
public record Options(int port, InstantSource clock, List<App> apps, Settings settings) {

  public Options {
    apps = List.copyOf(apps);
  }

  /** A free port, the system's clock, no apps, {@link Settings#defaults()}. */
  public static Options defaults() {
    return new Options(0, InstantSource.system(), List.of(), Settings.defaults());
  }

  public Options withPort(int newPort) {
    return new Options(newPort, clock, apps, settings);
  }

  public Options withClock(InstantSource newClock) {
    return new Options(port, newClock, apps, settings);
  }

  /** With one more app. */
  public Options withApp(App app) {
    return new Options(
        port, clock, Stream.concat(apps.stream(), Stream.of(app)).toList(), settings);
  }

  public Options withSettings(Settings newSettings) {
    return new Options(port, clock, apps, newSettings);
  }
}
