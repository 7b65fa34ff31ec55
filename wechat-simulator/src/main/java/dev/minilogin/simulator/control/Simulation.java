package dev.minilogin.simulator.control;

import dev.minilogin.simulator.client.Phone;
import dev.minilogin.simulator.fault.Faults;
import dev.minilogin.simulator.media.MediaChecks;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.SimulatorClock;
import dev.minilogin.simulator.platform.WeChatPlatform;
import dev.minilogin.simulator.push.PushSender;
import dev.minilogin.simulator.wire.WireLog;
import java.time.InstantSource;

/**
 * The parts of a simulator, which share one clock.
 *
 * @param calls counts the calls of the server APIs
 * @param pushes sends to the server under test what WeChat has to tell it
 * @param media checks files and has the results pushed
 */
public record Simulation(
    SimulatorClock clock,
    WeChatPlatform platform,
    Faults faults,
    WireLog wire,
    Phone phone,
    CallCounter calls,
    PushSender pushes,
    MediaChecks media)
    implements AutoCloseable {

  /** A simulation without apps, users and faults. */
  public static Simulation create(InstantSource time, Settings settings) {
    SimulatorClock clock = new SimulatorClock(time);
    WeChatPlatform platform = new WeChatPlatform(clock, settings);
    WireLog wire = new WireLog();
    PushSender pushes = new PushSender(platform, wire, clock);
    return new Simulation(
        clock,
        platform,
        new Faults(),
        wire,
        new Phone(platform, wire, clock),
        new CallCounter(),
        pushes,
        new MediaChecks(pushes, platform::settings, wire, clock));
  }

  /** As after the start, except that the apps and the settings stay as they are now. */
  public void reset() {
    faults.clear();
    media.clear();
    platform.reset();
    clock.reset();
    phone.setOffline(false);
    calls.reset();
    wire.clear();
  }

  /** Lets go of everything that waits. */
  @Override
  public void close() {
    faults.clear();
    media.close();
    pushes.close();
    wire.close();
    phone.close();
  }
}
