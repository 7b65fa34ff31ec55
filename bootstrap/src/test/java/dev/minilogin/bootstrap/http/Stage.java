package dev.minilogin.bootstrap.http;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.demo.FreePort;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One simulated WeChat and one server before it, for all tests that leave both as they found them.
 * The clock of both stands still until a test moves it.
 */
final class Stage implements AutoCloseable {
  /** Two mini programs of one Open Platform account. */
  static final String APP = "wxaaaa000011112222";

  static final String SISTER_APP = "wxbbbb000011112222";

  /** Two mini programs that are bound to none. */
  static final String LONE_APP = "wxcccc000011112222";

  static final String OTHER_LONE_APP = "wxdddd000011112222";

  /** The server has another AppSecret for it than WeChat. */
  static final String APP_WITH_WRONG_SECRET = "wxeeee000011112222";

  /** WeChat does not know it; the server does. */
  static final String APP_UNKNOWN_TO_WECHAT = "wxffff000011112222";

  /** Bound to none; the only one whose nicknames and avatars are reviewed. */
  static final String REVIEWING_APP = "wx9999000011112222";

  private static final String OPEN_PLATFORM = "stage";

  final WeChatSimulator simulator;
  final WeChat weChat;
  final MutableClock clock = new MutableClock(Instant.now());
  final TestDatabase.Schema database = TestDatabase.get().freshSchema();
  final Client client;
  final RawClient rawClient;
  final Server server;

  private Stage() {
    int port = FreePort.find();
    Options options =
        Options.defaults()
            .withClock(clock)
            .withApp(atWeChat(App.of(APP, secret(APP), OPEN_PLATFORM), port))
            .withApp(atWeChat(App.of(SISTER_APP, secret(SISTER_APP), OPEN_PLATFORM), port))
            .withApp(atWeChat(App.of(LONE_APP, secret(LONE_APP)), port))
            .withApp(atWeChat(App.of(OTHER_LONE_APP, secret(OTHER_LONE_APP)), port))
            .withApp(atWeChat(App.of(REVIEWING_APP, secret(REVIEWING_APP)), port))
            .withApp(App.of(APP_WITH_WRONG_SECRET, secret("the right one for it")));
    simulator = WeChatSimulator.start(options);
    weChat = new WeChat(simulator);
    List<Server.App> apps = new ArrayList<>();
    for (String appId :
        List.of(
            APP,
            SISTER_APP,
            LONE_APP,
            OTHER_LONE_APP,
            APP_WITH_WRONG_SECRET,
            APP_UNKNOWN_TO_WECHAT)) {
      apps.add(here(appId).with("content-check", "false"));
    }
    apps.add(here(REVIEWING_APP));
    server = Server.of(simulator.uri(), apps).port(port).on(database).at(clock).start();
    client = server.client();
    rawClient = server.rawClient();
  }

  private static Server.App here(String appId) {
    return Server.App.of(appId, secret(appId))
        .with("risk", "off")
        .withPush(pushToken(appId), pushKey(appId));
  }

  private static App atWeChat(App app, int port) {
    return WeChat.withPush(
        app, URI.create("http://localhost:" + port), pushToken(app.appId()), pushKey(app.appId()));
  }

  /** What the pushes for a mini program are signed with. */
  static String pushToken(String appId) {
    return Secrets.note("pushToken" + Integer.toHexString(appId.hashCode()));
  }

  /** What the pushes for a mini program are encrypted with. */
  static String pushKey(String appId) {
    return Secrets.note(WeChat.aesKey("push key of " + appId));
  }

  /** The AppSecret of a mini program. */
  static String secret(String appId) {
    return Secrets.note("AppSecret-" + Integer.toHexString(appId.hashCode()) + "-0123456789");
  }

  /** Logs in somebody who was never seen before. */
  Answer newLogin() {
    return logIn(APP, WeChat.somebody());
  }

  /** Logs a person in, who must be let in. */
  Answer logIn(String appId, String person) {
    return client.logIn(appId, weChat.code(appId, person)).has(201);
  }

  @Override
  public void close() {
    try (simulator) {
      server.close();
    }
  }

  /** Gives tests the stage, which is set when the first of them needs it. */
  static final class Given implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Stage.class))
          .getOrComputeIfAbsent(Stage.class, key -> new Stage(), Stage.class);
    }
  }
}
