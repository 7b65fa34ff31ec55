package dev.minilogin.simulator;

import dev.minilogin.simulator.client.Phone;
import dev.minilogin.simulator.control.Simulation;
import dev.minilogin.simulator.fault.ActiveFault;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.http.SimulatorServer;
import dev.minilogin.simulator.platform.AccessTokenState;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.platform.Quota;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.platform.Suggest;
import dev.minilogin.simulator.platform.User;
import dev.minilogin.simulator.platform.UserInfo;
import dev.minilogin.simulator.platform.UserKey;
import dev.minilogin.simulator.push.PushDelivery;
import dev.minilogin.simulator.push.PushEnvelope;
import dev.minilogin.simulator.push.PushEvent;
import dev.minilogin.simulator.wire.WireEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A running WeChat platform on a loopback port. Thread-safe; close it to free the port.
 *
 * <p>Its state is gone when it is closed, but openids and unionids come out the same next time.
 */
public final class WeChatSimulator implements AutoCloseable {

  private final Simulation simulation;
  private final SimulatorServer server;

  private WeChatSimulator(Simulation simulation, SimulatorServer server) {
    this.simulation = simulation;
    this.server = server;
  }

  /**
   * Starts a simulator, which listens when this returns.
   *
   * @throws UncheckedIOException the port is taken
   */
  public static WeChatSimulator start(Options options) {
    Simulation simulation = Simulation.create(options.clock(), options.settings());
    options.apps().forEach(simulation.platform()::put);
    try {
      return new WeChatSimulator(simulation, new SimulatorServer(simulation, options.port()));
    } catch (IOException e) {
      simulation.close();
      throw new UncheckedIOException("starting the WeChat simulator", e);
    }
  }

  /** The base URL of all its faces, e.g. {@code http://127.0.0.1:9090}; no slash at the end. */
  public URI uri() {
    return server.uri();
  }

  /** Registers a mini program, or replaces the one with its appId. */
  public void addApp(App app) {
    simulation.platform().put(app);
  }

  public List<App> apps() {
    return simulation.platform().apps();
  }

  /** Registers a user, or replaces the one with that name. */
  public void addUser(User user) {
    simulation.platform().put(user);
  }

  public List<User> users() {
    return simulation.platform().users();
  }

  /**
   * A login code, as {@code wx.login} gives it; may change the user's session_key. A new user is
   * registered.
   *
   * @throws NoSuchElementException no such app
   */
  public String issueCode(String appId, String user) {
    return simulation.platform().logIn(appId, user);
  }

  /**
   * A phone code, as the phone number button gives it: once, for five minutes. A new user is
   * registered; the number is the user's, or derived from the name.
   *
   * @throws NoSuchElementException no such app
   */
  public String issuePhoneCode(String appId, String user) {
    return simulation.platform().issuePhoneCode(appId, user);
  }

  /**
   * A plugin code, as {@code wx.pluginLogin} gives it: once, for five minutes. A new user is
   * registered.
   *
   * @throws NoSuchElementException no such app
   */
  public String issuePluginCode(String appId, String user) {
    return simulation.platform().issuePluginCode(appId, user);
  }

  /**
   * The user is in the app now, as after a login or a phone code. The security APIs refuse users
   * who were not there for two hours.
   *
   * @throws NoSuchElementException no such app
   */
  public void visit(String appId, String user) {
    simulation.platform().visit(appId, user);
  }

  /** As if the user had been in no app for two hours. */
  public void forgetVisits(String user) {
    simulation.platform().forgetVisits(user);
  }

  /**
   * A JSON object, encrypted as the phone does it: with a watermark, under the present session_key,
   * which is made if there is none.
   *
   * @throws NoSuchElementException no such app
   * @throws IllegalArgumentException not a JSON object
   */
  public OpenData openData(String appId, String user, String json) {
    return simulation.platform().openData(appId, user, json);
  }

  /**
   * The encrypted phone number that the button gives beside the code.
   *
   * @throws NoSuchElementException no such app
   */
  public OpenData phoneData(String appId, String user) {
    return simulation.platform().phoneData(appId, user);
  }

  /**
   * What {@code wx.getUserProfile} gives: nothing about the person, signed and encrypted.
   *
   * @throws NoSuchElementException no such app
   */
  public UserInfo userInfo(String appId, String user) {
    return simulation.platform().userInfo(appId, user);
  }

  /**
   * The key that a mini program and its server share for a user.
   *
   * @throws NoSuchElementException no such app
   */
  public UserKey latestUserKey(String appId, String user) {
    return simulation.platform().latestUserKey(appId, user);
  }

  /**
   * What the app's next picture or sound is found to be; several are taken one after the other, and
   * without any it is {@link Suggest#PASS}.
   *
   * @throws NoSuchElementException no such app
   */
  public void nextMediaVerdict(String appId, Suggest suggest) {
    simulation.platform().nextMediaVerdict(appId, suggest);
  }

  /** The openpid that getpluginopenpid gives, or would give, for a user. */
  public String openpid(String appId, String user) {
    return simulation.platform().openpid(appId, user);
  }

  /** The openid that jscode2session gives, or would give, for a user in an app. */
  public String openid(String appId, String user) {
    return simulation.platform().openid(appId, user);
  }

  /**
   * The unionid that jscode2session gives, if the app is bound to an Open Platform account.
   *
   * @throws NoSuchElementException no such app
   */
  public Optional<String> unionid(String appId, String user) {
    return simulation.platform().unionid(appId, user);
  }

  /** The valid session_key of a user in an app, if there is one. */
  public Optional<String> sessionKey(String appId, String user) {
    return simulation.platform().sessionKey(appId, user);
  }

  /** Makes the present session_key invalid; returns whether there was one. */
  public boolean expireSessionKey(String appId, String user) {
    return simulation.platform().expireSessionKey(appId, user);
  }

  /** What an access_token of either family is worth now. */
  public AccessTokenState stateOfAccessToken(String accessToken) {
    return simulation.platform().stateOf(accessToken);
  }

  /**
   * Sends an event to the app's server, four times at most, and waits for the end of it.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   */
  public PushDelivery push(String appId, PushEvent event) {
    return simulation.pushes().push(appId, event);
  }

  /**
   * A push as it would go out now, for tests that deliver it themselves: in parallel, twice, late.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   */
  public PushEnvelope envelope(String appId, PushEvent event) {
    return envelope(appId, event, now());
  }

  /**
   * As {@link #envelope(String, PushEvent)} at another time, which is that of the query, and of the
   * message unless the event has one of its own.
   */
  public PushEnvelope envelope(String appId, PushEvent event, Instant timestamp) {
    return simulation.pushes().envelope(appId, event, timestamp);
  }

  /**
   * Whether the app's server proves that it has the push token: the GET with {@code echostr}.
   *
   * @throws NoSuchElementException no such app, or it has no push settings
   */
  public boolean checkPushUrl(String appId) {
    return simulation.pushes().check(appId);
  }

  /** The {@code FromUserName} of pushes that come from WeChat itself: nobody's openid. */
  public String platformAccount(String appId) {
    return simulation.pushes().platformAccount(appId);
  }

  /**
   * Replaces the stable token as if another system had forced it: the present one dies at once.
   *
   * @throws NoSuchElementException no such app
   */
  public void killStableToken(String appId) {
    simulation.platform().killStableToken(appId);
  }

  /**
   * Ends the life of all access tokens of an app.
   *
   * @throws NoSuchElementException no such app
   */
  public void expireAccessTokens(String appId) {
    simulation.platform().expireAccessTokens(appId);
  }

  /** How often an app may call a server API. */
  public Quota quota(Api api) {
    return simulation.platform().quota(api);
  }

  /** Sets how often an app may call a server API; the calls so far count. */
  public void quota(Api api, Quota quota) {
    simulation.platform().quota(api, quota);
  }

  /** Sets how often an app may call a server API; the calls so far count. */
  public void quota(Api api, int perMinute, int perDay) {
    quota(api, new Quota(Optional.of(perMinute), Optional.of(perDay)));
  }

  /** Puts a fault in force and returns its id. */
  public String addFault(Fault fault) {
    return simulation.faults().add(fault);
  }

  public List<ActiveFault> faults() {
    return simulation.faults().list();
  }

  /** Removes all faults and answers the calls that they hold. */
  public void clearFaults() {
    simulation.faults().clear();
  }

  /** How often an API was called since the start or the last reset, faults included. */
  public long calls(Api api) {
    return simulation.calls().of(api);
  }

  /** WeChat's time. */
  public Instant now() {
    return simulation.clock().instant();
  }

  /** Moves WeChat's time on; negative amounts are refused. */
  public void advance(Duration by) {
    simulation.clock().advance(by);
  }

  public Settings settings() {
    return simulation.platform().settings();
  }

  public void settings(Settings settings) {
    simulation.platform().settings(settings);
  }

  /** The phone in front of the server under test. */
  public Phone phone() {
    return simulation.phone();
  }

  /** The wire log after an entry (0: all that is kept), oldest first, secrets masked. */
  public List<WireEntry> wireAfter(long id) {
    return simulation.wire().after(id);
  }

  /** As after the start, except that the apps and the settings stay as they are now. */
  public void reset() {
    simulation.reset();
  }

  /** Ends all calls and frees the port. */
  @Override
  public void close() {
    simulation.close();
    server.close();
  }
}
