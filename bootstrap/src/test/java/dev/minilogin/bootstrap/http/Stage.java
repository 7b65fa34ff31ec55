package dev.minilogin.bootstrap.http;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One simulated WeChat and one server before it, for all tests that leave both as they found them.
 * Its clock stands still until a test moves it.
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

  private static final String OPEN_PLATFORM = "stage";

  final WeChatSimulator simulator;
  final WeChat weChat;
  final MutableClock clock = new MutableClock(Instant.now());
  final TestDatabase.Schema database = TestDatabase.get().freshSchema();
  final Client client;
  final RawClient rawClient;
  private final Server server;

  private Stage() {
    Options options =
        Options.defaults()
            .withApp(App.of(APP, secret(APP), OPEN_PLATFORM))
            .withApp(App.of(SISTER_APP, secret(SISTER_APP), OPEN_PLATFORM))
            .withApp(App.of(LONE_APP, secret(LONE_APP)))
            .withApp(App.of(OTHER_LONE_APP, secret(OTHER_LONE_APP)))
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
      apps.add(Server.App.of(appId, secret(appId)));
    }
    server = Server.start(database, database.jdbcUrl(), simulator.uri(), apps, clock);
    client = server.client();
    rawClient = server.rawClient();
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
