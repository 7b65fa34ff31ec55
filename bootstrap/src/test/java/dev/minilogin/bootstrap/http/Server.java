package dev.minilogin.bootstrap.http;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.Application;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.inject.qualifiers.PrimaryQualifier;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server as it runs in production, on a free port; its clock is the database's or the test's. */
final class Server implements AutoCloseable {
  private final ApplicationContext context;
  private final URI uri;

  private Server(ApplicationContext context) {
    LogOfEverything.goOn();
    this.context = context;
    this.uri = context.getBean(EmbeddedServer.class).start().getURI();
  }

  /**
   * A mini program as the server is configured to know it.
   *
   * @param idle such as {@code 24h}; empty for the default
   * @param absolute such as {@code 30d}; empty for the default
   */
  record App(String appId, String secret, Optional<String> idle, Optional<String> absolute) {
    static App of(String appId, String secret) {
      return new App(appId, secret, Optional.empty(), Optional.empty());
    }
  }

  /** On the system's real clock, the database's. */
  static Server start(TestDatabase.Schema database, String jdbcUrl, URI weChat, List<App> apps) {
    return new Server(builder(database, jdbcUrl, weChat, apps).start());
  }

  /** On the real clock, and directly on the database. */
  static Server start(URI weChat, List<App> apps) {
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    return start(database, database.jdbcUrl(), weChat, apps);
  }

  /** On a clock of the test's. */
  static Server start(
      TestDatabase.Schema database,
      String jdbcUrl,
      URI weChat,
      List<App> apps,
      InstantSource clock) {
    return new Server(
        builder(database, jdbcUrl, weChat, apps)
            .beanDefinitions(
                RuntimeBeanDefinition.builder(InstantSource.class, () -> clock)
                    .singleton(true)
                    .qualifier(PrimaryQualifier.instance())
                    .replaces(databaseClock())
                    .build())
            .start());
  }

  private static Class<? extends InstantSource> databaseClock() {
    try {
      return Class.forName("dev.minilogin.adapters.persistence.DatabaseClock")
          .asSubclass(InstantSource.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the clock has another name now", e);
    }
  }

  private static ApplicationContextBuilder builder(
      TestDatabase.Schema database, String jdbcUrl, URI weChat, List<App> apps) {
    LogOfEverything.goOn();
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.server.port", -1);
    properties.put("micronaut.server.host", "localhost");
    properties.put("datasources.default.url", jdbcUrl);
    properties.put("datasources.default.username", database.username());
    properties.put("datasources.default.password", database.password());
    properties.put("mini-login.keys.file", keyFile().toString());
    properties.put("mini-login.keys.create", true);
    properties.put("mini-login.wechat.base-url", weChat.toString());
    for (int i = 0; i < apps.size(); i++) {
      String prefix = "mini-login.apps." + i + ".";
      properties.put(prefix + "app-id", apps.get(i).appId());
      properties.put(prefix + "app-secret", Secrets.note(apps.get(i).secret()));
      apps.get(i).idle().ifPresent(idle -> properties.put(prefix + "idle-lifetime", idle));
      apps.get(i)
          .absolute()
          .ifPresent(absolute -> properties.put(prefix + "absolute-lifetime", absolute));
    }
    return ApplicationContext.builder().mainClass(Application.class).properties(properties);
  }

  private static Path keyFile() {
    try {
      return Files.createTempDirectory(
              Files.createDirectories(Path.of("target", "test-keys").toAbsolutePath()), "keys")
          .resolve("keys");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI uri() {
    return uri;
  }

  Client client() {
    return new Client(uri);
  }

  RawClient rawClient() {
    return new RawClient(uri);
  }

  /** Ends it in order, as SIGTERM does. */
  @Override
  public void close() {
    context.close();
  }
}
