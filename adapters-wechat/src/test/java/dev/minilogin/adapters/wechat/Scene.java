package dev.minilogin.adapters.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import java.time.InstantSource;

/** A simulated WeChat with two mini programs, and Alice, who is in both of them now. */
public final class Scene implements AutoCloseable {
  public static final MiniProgram APP = app("wx0000aaaa1111bbbb");
  public static final MiniProgram OTHER_APP = app("wx2222cccc3333dddd");
  public static final String ALICE = "alice";

  private final WeChatSimulator simulator;

  /** At the time of the computer. */
  public Scene() {
    this(InstantSource.system());
  }

  /** At another time. */
  public Scene(InstantSource clock) {
    simulator =
        WeChatSimulator.start(
            Options.defaults().withClock(clock).withApp(known(APP)).withApp(known(OTHER_APP)));
    simulator.issueCode(APP.appId().value(), ALICE);
    simulator.issueCode(OTHER_APP.appId().value(), ALICE);
    simulator.visit(APP.appId().value(), ALICE);
    simulator.visit(OTHER_APP.appId().value(), ALICE);
  }

  public WeChatSimulator simulator() {
    return simulator;
  }

  /** Alice in {@link #APP}. */
  public OpenId openId() {
    return new OpenId(simulator.openid(APP.appId().value(), ALICE));
  }

  /** Alice's valid session_key in {@link #APP}. */
  public SessionKey sessionKey() {
    return new SessionKey(simulator.sessionKey(APP.appId().value(), ALICE).orElseThrow());
  }

  /** A new code of Alice's in {@link #APP}. */
  public PhoneCode phoneCode() {
    return new PhoneCode(simulator.issuePhoneCode(APP.appId().value(), ALICE));
  }

  /** A new code of Alice's in {@link #APP}. */
  public PluginCode pluginCode() {
    return new PluginCode(simulator.issuePluginCode(APP.appId().value(), ALICE));
  }

  private static MiniProgram app(String appId) {
    return new MiniProgram(
        new AppId(appId), new AppSecret("0".repeat(32)), true, SessionLifetimes.DEFAULT);
  }

  private static App known(MiniProgram app) {
    return App.of(app.appId().value(), app.secrets().current().reveal(), "open-platform");
  }

  @Override
  public void close() {
    simulator.close();
  }
}
