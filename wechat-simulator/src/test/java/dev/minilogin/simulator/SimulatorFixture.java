package dev.minilogin.simulator;

import dev.minilogin.simulator.platform.App;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A simulator of its own for every test: two apps of one Open Platform account, one of none, and a
 * clock by hand.
 */
abstract class SimulatorFixture {

  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
  static final String UNBOUND_APP = "wx5555eeee6666ffff";
  static final String UNBOUND_SECRET = "00112233445566778899aabbccddeeff";

  final AtomicReference<Instant> time = new AtomicReference<>(START);
  WeChatSimulator wechat;
  Probe probe;

  @BeforeEach
  void start() {
    wechat = WeChatSimulator.start(options());
    probe = new Probe(wechat.uri());
  }

  @AfterEach
  void stop() {
    probe.close();
    wechat.close();
  }

  Options options() {
    return Options.defaults()
        .withClock(time::get)
        .withApp(App.of(Probe.APP, Probe.SECRET, "group"))
        .withApp(App.of(Probe.OTHER_APP, Probe.OTHER_SECRET, "group"))
        .withApp(App.of(UNBOUND_APP, UNBOUND_SECRET));
  }
}
