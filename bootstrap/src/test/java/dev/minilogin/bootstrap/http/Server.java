package dev.minilogin.bootstrap.http;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.Application;
import dev.minilogin.bootstrap.demo.FreePort;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.inject.qualifiers.PrimaryQualifier;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server as it runs in production, on a free port; its clock is the database's or the test's. */
final class Server implements AutoCloseable {
  private static final String MANAGEMENT_PORT = "mini-login.management.port";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String WORKERS = "mini-login.workers.enabled";
  private static final String RATE_LIMITS = "mini-login.rate-limits.enabled";

  private final ApplicationContext context;
  private final URI uri;
  private final URI management;

  private Server(ApplicationContext context) {
    LogOfEverything.goOn();
    this.context = context;
    this.uri = context.getBean(EmbeddedServer.class).start().getURI();
    this.management =
        URI.create(
            "http://localhost:"
                + context.getEnvironment().getRequiredProperty(MANAGEMENT_PORT, Integer.class));
  }

  /**
   * A mini program as the server is configured to know it.
   *
   * @param settings what is said of it further, such as {@code idle-lifetime} and {@code 24h}
   */
  record App(String appId, String secret, Map<String, String> settings) {
    static App of(String appId, String secret) {
      return new App(appId, secret, Map.of());
    }

    /** The same with one more setting. */
    App with(String setting, String value) {
      Map<String, String> more = new TreeMap<>(settings);
      more.put(setting, value);
      return new App(appId, secret, more);
    }

    /** The same with pushes in secure mode and JSON. */
    App withPush(String token, String aesKey) {
      return with("push-token", Secrets.note(token)).with("push-aes-key", Secrets.note(aesKey));
    }
  }

  /** On the system's real clock, the database's. */
  static Server start(TestDatabase.Schema database, String jdbcUrl, URI weChat, List<App> apps) {
    return of(weChat, apps).on(database, jdbcUrl).start();
  }

  /** On the real clock, and directly on the database. */
  static Server start(URI weChat, List<App> apps) {
    return of(weChat, apps).start();
  }

  /** On a clock of the test's. */
  static Server start(
      TestDatabase.Schema database,
      String jdbcUrl,
      URI weChat,
      List<App> apps,
      InstantSource clock) {
    return of(weChat, apps).on(database, jdbcUrl).at(clock).start();
  }

  /**
   * A server that is still to be described: on the real clock and a database of its own, without
   * workers and rate limits.
   */
  static Plan of(URI weChat, List<App> apps) {
    return new Plan(weChat, apps);
  }

  /** How a server is to be. */
  static final class Plan {
    private final Map<String, Object> properties = new HashMap<>();
    private Optional<InstantSource> clock = Optional.empty();

    private Plan(URI weChat, List<App> apps) {
      port(FreePort.find());
      properties.put("micronaut.server.host", "localhost");
      properties.put(MANAGEMENT_PORT, FreePort.find());
      properties.put(WORKERS, false);
      properties.put(RATE_LIMITS, false);
      properties.put("mini-login.wechat.self-check", false);
      properties.put("mini-login.keys.file", newKeyFile().toString());
      properties.put("mini-login.keys.create", true);
      properties.put("mini-login.wechat.base-url", weChat.toString());
      for (int i = 0; i < apps.size(); i++) {
        String prefix = "mini-login.apps." + i + ".";
        properties.put(prefix + "app-id", apps.get(i).appId());
        properties.put(prefix + "app-secret", Secrets.note(apps.get(i).secret()));
        apps.get(i).settings().forEach((name, value) -> properties.put(prefix + name, value));
      }
    }

    /** On a port that was found before. */
    Plan port(int port) {
      properties.put("micronaut.server.port", port);
      return set("mini-login.public-url", "http://localhost:" + port);
    }

    /** On a database, reached by another way than the direct one. */
    Plan on(TestDatabase.Schema database, String jdbcUrl) {
      set("datasources.default.url", jdbcUrl);
      set("datasources.default.username", database.username());
      return set("datasources.default.password", database.password());
    }

    /** On a database. */
    Plan on(TestDatabase.Schema database) {
      return on(database, database.jdbcUrl());
    }

    /** With the keys of an installation, which its instances share; see {@link #newKeyFile()}. */
    Plan keys(Path file) {
      return set("mini-login.keys.file", file.toString());
    }

    /** On a clock of the test's. */
    Plan at(InstantSource testClock) {
      clock = Optional.of(testClock);
      return this;
    }

    /** With what is done from time to time, and soon. */
    Plan withWorkers() {
      set(WORKERS, true);
      set("mini-login.workers.pushes", "50ms");
      return set("mini-login.workers.reviews", "50ms");
    }

    /** With rate limits; tests come from one address, and often. */
    Plan withRateLimits() {
      return set(RATE_LIMITS, true);
    }

    /** With any other setting. */
    Plan set(String name, Object value) {
      properties.put(name, value);
      return this;
    }

    Server start() {
      if (!properties.containsKey("datasources.default.url")) {
        on(TestDatabase.get().freshSchema());
      }
      LogOfEverything.goOn();
      ApplicationContextBuilder builder =
          ApplicationContext.builder().mainClass(Application.class).properties(properties);
      clock.ifPresent(
          source ->
              builder.beanDefinitions(
                  RuntimeBeanDefinition.builder(InstantSource.class, () -> source)
                      .singleton(true)
                      .qualifier(PrimaryQualifier.instance())
                      .replaces(databaseClock())
                      .build()));
      return new Server(builder.start());
    }
  }

  private static Class<? extends InstantSource> databaseClock() {
    try {
      return Class.forName("dev.minilogin.adapters.persistence.DatabaseClock")
          .asSubclass(InstantSource.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the clock has another name now", e);
    }
  }

  /** The place of a key file that is not there yet. */
  static Path newKeyFile() {
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

  /** What an operator gets at the port for operators. */
  HttpResponse<String> askManagement(String path) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(management.resolve(path)).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What it is made of. */
  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Whether it has a bean of that class. */
  boolean has(String className) {
    return context.getAllBeanDefinitions().stream()
        .anyMatch(definition -> definition.getBeanType().getName().equals(className));
  }

  Client client() {
    return new Client(uri);
  }

  RawClient rawClient() {
    return new RawClient(uri);
  }

  /** Ends it in order, as SIGTERM does. Its last metrics are kept to be searched for secrets. */
  @Override
  public void close() {
    if (context.isRunning()) {
      LogOfEverything.alsoPrinted("metrics", askManagement("/prometheus").body());
    }
    context.close();
  }
}
