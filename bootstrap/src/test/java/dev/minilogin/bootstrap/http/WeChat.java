package dev.minilogin.bootstrap.http;

import dev.minilogin.simulator.WeChatSimulator;
import java.util.concurrent.atomic.AtomicLong;

/** People and their codes in a simulated WeChat; notes every secret that comes into being. */
final class WeChat {
  private static final AtomicLong PEOPLE = new AtomicLong();

  private final WeChatSimulator simulator;

  WeChat(WeChatSimulator simulator) {
    this.simulator = simulator;
  }

  /** Somebody who was never seen before. */
  static String somebody() {
    return "person-" + PEOPLE.incrementAndGet();
  }

  /** What {@code wx.login} gives to a person. */
  String code(String appId, String person) {
    String code = Secrets.note(simulator.issueCode(appId, person));
    simulator.sessionKey(appId, person).ifPresent(Secrets::note);
    Secrets.note(simulator.openid(appId, person));
    simulator.unionid(appId, person).ifPresent(Secrets::note);
    return code;
  }

  /** A code of somebody who was never seen before. */
  String code(String appId) {
    return code(appId, somebody());
  }
}
