package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.Application;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, which knows nothing but its environment. */
@ExtendWith(Stage.Given.class)
class ProcessTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String SECRET = Stage.secret(Stage.LONE_APP);

  @TempDir Path folder;

  private final Stage stage;

  ProcessTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void environment_variables_are_all_it_takes() throws Exception {
    int port = freePort();
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    Process process =
        start(
            Map.of(
                "MICRONAUT_SERVER_PORT", String.valueOf(port),
                "DATASOURCES_DEFAULT_URL", database.jdbcUrl(),
                "DATASOURCES_DEFAULT_USERNAME", database.username(),
                "DATASOURCES_DEFAULT_PASSWORD", database.password(),
                "MINI_LOGIN_KEYS_FILE", folder.resolve("keys").toString(),
                "MINI_LOGIN_KEYS_CREATE", "true",
                "MINI_LOGIN_WECHAT_BASE_URL", stage.simulator.uri().toString(),
                "MINI_LOGIN_APPS_0_APP_ID", Stage.LONE_APP,
                "MINI_LOGIN_APPS_0_APP_SECRET", SECRET));
    try {
      Client client = new Client(URI.create("http://127.0.0.1:" + port));
      await()
          .atMost(LONGEST)
          .ignoreExceptions()
          .until(() -> client.get("/health/ready").status() == 200);

      Answer login = client.logIn(Stage.LONE_APP, stage.weChat.code(Stage.LONE_APP)).has(201);

      client.check(login.token()).has(200);

      client.get("/docs/").isProblem(404, "not-found");
      client.get("/swagger/mini-login.yml").isProblem(404, "not-found");
    } finally {
      process.destroy();
      assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
    String output = output();
    assertThat(output).as("the log").isNotBlank().doesNotContain("ERROR", "Exception");
    assertThat(Secrets.used()).noneMatch(output::contains);
  }

  @Test
  void a_wrong_configuration_is_told_in_full_without_a_stack_trace() throws Exception {
    Process process =
        start(
            Map.of(
                "MINI_LOGIN_APPS_0_APP_ID",
                "no app id",
                "MINI_LOGIN_APPS_0_APP_SECRET",
                SECRET,
                "MINI_LOGIN_APPS_1_APP_SECRET",
                SECRET,
                "MINI_LOGIN_WECHAT_BASE_URL",
                "wechat"));

    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    String output = output();
    assertThat(output)
        .contains(
            "MINI_LOGIN_APPS_0_APP_ID",
            "MINI_LOGIN_APPS_1_APP_ID",
            "MINI_LOGIN_WECHAT_BASE_URL",
            "MINI_LOGIN_KEYS_FILE",
            "DATASOURCES_DEFAULT_URL")
        .doesNotContain(SECRET, "Exception", "\tat ");
  }

  private Process start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // As in production, not as in tests.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .directory(new File("."))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
