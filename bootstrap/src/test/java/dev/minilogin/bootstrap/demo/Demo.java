package dev.minilogin.bootstrap.demo;

import dev.minilogin.adapters.persistence.testing.EmbeddedMariaDb;
import dev.minilogin.bootstrap.Application;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import dev.minilogin.simulator.platform.PushFormat;
import dev.minilogin.simulator.platform.PushMode;
import dev.minilogin.simulator.platform.PushTarget;
import dev.minilogin.simulator.platform.User;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the server with an embedded database and a simulated WeChat, and the mini program in the
 * browser.
 *
 * <p>Environment: {@code MINI_LOGIN_DEMO_PORT} (8080; 0 takes a free one), {@code
 * MINI_LOGIN_DEMO_SIMULATOR_PORT} (9090), {@code MINI_LOGIN_DEMO_DATA} (the folder of database and
 * keys; it survives restarts) and {@code MINI_LOGIN_DEMO_MINIPROGRAM} (the packed mini program).
 */
public final class Demo implements AutoCloseable {
  /** Begins the one line that says that everything runs; JSON with the addresses follows. */
  static final String READY = "MINI_LOGIN_DEMO_READY ";

  private static final String OPEN_PLATFORM = "demo";
  private static final List<App> APPS =
      List.of(
          App.of("wx1111aaaa2222bbbb", "0123456789abcdef0123456789abcdef", OPEN_PLATFORM),
          App.of("wx3333cccc4444dddd", "fedcba9876543210fedcba9876543210", OPEN_PLATFORM));
  private static final String PUSH_TOKEN = "demoPushToken";

  /** Not of the demo's data folder: the simulator's push settings are made anew at each start. */
  private static final String PUSH_KEY = "ZGVtbyBvZiBNaW5pIExvZ2luLCB0aGlzIGtleSBpcyE";

  private static final List<String> USERS = List.of("alice", "bob", "carol");

  private final EmbeddedMariaDb database;
  private final WeChatSimulator weChat;
  private final ApplicationContext server;

  private Demo(EmbeddedMariaDb database, WeChatSimulator weChat, ApplicationContext server) {
    this.database = database;
    this.weChat = weChat;
    this.server = server;
  }

  /** Starts everything and keeps it running until the process is told to end. */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(setting("MINI_LOGIN_DEMO_DATA", ".mini-login/demo")).toAbsolutePath();
    Path miniProgram =
        Path.of(setting("MINI_LOGIN_DEMO_MINIPROGRAM", "miniprogram/dist")).toAbsolutePath();
    int wanted = Integer.parseInt(setting("MINI_LOGIN_DEMO_PORT", "8080"));
    int port = wanted == 0 ? FreePort.find() : wanted;
    int simulatorPort = Integer.parseInt(setting("MINI_LOGIN_DEMO_SIMULATOR_PORT", "9090"));
    Demo demo;
    try {
      demo = start(data, miniProgram, port, simulatorPort);
    } catch (RuntimeException e) {
      if (!isPortTaken(e)) {
        throw e;
      }
      say("Port " + port + " or " + simulatorPort + " is taken. Free it, or choose others with");
      say("MINI_LOGIN_DEMO_PORT and MINI_LOGIN_DEMO_SIMULATOR_PORT.");
      System.exit(1);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-shutdown"));
    demo.welcome(Files.isRegularFile(miniProgram.resolve("index.html")));
  }

  private static Demo start(Path data, Path miniProgram, int port, int simulatorPort)
      throws IOException {
    Files.createDirectories(data);
    EmbeddedMariaDb database = EmbeddedMariaDb.start(data.resolve("database"), 0, Demo::say);
    WeChatSimulator weChat = null;
    try {
      say("Starting the simulated WeChat");
      Options options = Options.defaults().withPort(simulatorPort);
      for (App app : APPS) {
        options = options.withApp(app);
      }
      weChat = WeChatSimulator.start(options);
      for (String user : USERS) {
        weChat.addUser(new User(user, false));
      }
      say("Starting the server");
      ApplicationContext server =
          ApplicationContext.builder()
              .mainClass(Application.class)
              .environments("demo")
              .properties(properties(data, miniProgram, port, database, weChat.uri()))
              .start();
      server.getBean(EmbeddedServer.class).start();
      for (App app : APPS) {
        weChat.addApp(app.withPush(pushes(app, uri(server))));
      }
      writePageConfiguration(data, server, weChat.uri());
      return new Demo(database, weChat, server);
    } catch (RuntimeException | IOException e) {
      if (weChat != null) {
        weChat.close();
      }
      database.close();
      throw e;
    }
  }

  /** As an operator sets it at mp.weixin.qq.com: secure mode, JSON. */
  private static PushTarget pushes(App app, URI server) {
    return new PushTarget(
        server.resolve("/wechat/push/" + app.appId()),
        PUSH_TOKEN,
        Optional.of(PUSH_KEY),
        PushMode.SECURE,
        PushFormat.JSON,
        "gh_" + app.appId().substring(2));
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Object> properties(
      Path data, Path miniProgram, int port, EmbeddedMariaDb database, URI weChat) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", port);
    properties.put("mini-login.public-url", "http://localhost:" + port);
    properties.put("micronaut.server.host", "localhost");
    properties.put("mini-login.management.port", FreePort.find());
    properties.put("datasources.default.url", database.jdbcUrl(EmbeddedMariaDb.SCHEMA));
    properties.put("datasources.default.username", database.username());
    properties.put("datasources.default.password", database.password());
    properties.put("mini-login.keys.file", data.resolve("keys").toString());
    properties.put("mini-login.keys.create", true);
    properties.put("mini-login.wechat.base-url", weChat.toString());
    for (int i = 0; i < APPS.size(); i++) {
      properties.put("mini-login.apps." + i + ".app-id", APPS.get(i).appId());
      properties.put("mini-login.apps." + i + ".app-secret", APPS.get(i).secret().value());
      properties.put("mini-login.apps." + i + ".push-token", PUSH_TOKEN);
      properties.put("mini-login.apps." + i + ".push-aes-key", PUSH_KEY);
    }
    resources(properties, "page", "/**", "file:" + data.resolve("page"), "file:" + miniProgram);
    String docs = "classpath:META-INF/swagger/views/swagger-ui";
    resources(properties, "docs", "/docs/**", docs, "classpath:META-INF/swagger");
    resources(properties, "swagger-ui", "/swagger-ui/**", docs);
    return properties;
  }

  private static void resources(
      Map<String, Object> properties, String name, String mapping, String... paths) {
    String prefix = "micronaut.router.static-resources." + name;
    properties.put(prefix + ".mapping", mapping);
    properties.put(prefix + ".paths", List.of(paths));
  }

  /**
   * Tells the page in the browser where everything is; it takes the place of a phone's settings.
   */
  private static void writePageConfiguration(Path data, ApplicationContext server, URI weChat)
      throws IOException {
    Path page = Files.createDirectories(data.resolve("page"));
    Files.writeString(
        page.resolve("config.json"),
        """
        {
          "simulator": "%s",
          "appId": "%s",
          "user": "%s",
          "envVersion": "develop",
          "hosts": {"http://localhost:8080": "%s"}
        }
        """
            .formatted(weChat, APPS.getFirst().appId(), USERS.getFirst(), uri(server)));
  }

  private static URI uri(ApplicationContext server) {
    return server.getBean(EmbeddedServer.class).getURI();
  }

  private void welcome(boolean withMiniProgram) {
    URI uri = uri(server);
    say("");
    if (withMiniProgram) {
      say("The mini program:       " + uri + "/");
    } else {
      say(
          "The mini program is left out: packing it needs Node 20.19 or newer (https://nodejs.org)"
              + " on the PATH.");
    }
    say("The API and its docs:   " + uri + "/docs/");
    say("The simulated WeChat:   " + weChat.uri() + "/simulator/");
    say("Ctrl-C ends the demo; its data stay for the next time.");
    say(READY + "{\"server\":\"" + uri + "\",\"simulator\":\"" + weChat.uri() + "\"}");
  }

  /** Ends everything, the database last. */
  @Override
  public void close() {
    try (database;
        weChat) {
      server.close();
    }
  }

  private static String setting(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).filter(s -> !s.isBlank()).orElse(otherwise);
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
