package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.Application;
import dev.minilogin.bootstrap.demo.FreePort;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own, which knows nothing but its environment. */
@ExtendWith(Stage.Given.class)
class ProcessTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final String SECRET = Stage.secret(Stage.LONE_APP);

  @TempDir Path folder;

  private final Stage stage;

  ProcessTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void environment_variables_are_all_it_takes() throws Exception {
    int port = FreePort.find();
    Process process =
        start(
            environment(
                TestDatabase.get().freshSchema(),
                "MICRONAUT_SERVER_PORT",
                String.valueOf(port),
                "MINI_LOGIN_LOG_FORMAT",
                "json"));
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
    assertThat(output.lines())
        .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).has("message")).isTrue());
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

  @Test
  void an_operator_decides_from_the_command_line_what_is_held() throws Exception {
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    Map<String, String> environment =
        environment(
            database,
            "MINI_LOGIN_APPS_0_RISK",
            "off",
            "MINI_LOGIN_APPS_0_CONTENT_ON_REVIEW",
            "hold");
    Server.App app =
        Server.App.of(Stage.LONE_APP, SECRET).with("risk", "off").with("content-on-review", "hold");
    try (Server server =
        Server.of(stage.simulator.uri(), List.of(app))
            .on(database)
            .keys(folder.resolve("keys"))
            .start()) {
      Client client = server.client();
      String token =
          client.logIn(Stage.LONE_APP, stage.weChat.code(Stage.LONE_APP)).has(201).token();
      JsonNode held = client.patchMe(token, Client.json("nickname", "疑似 Ann")).has(200).json();
      assertThat(held.get("nickname").isNull()).isTrue();
      assertThat(held.at("/reviews/0/state").asText()).isEqualTo("in-review");

      String list = command(environment, 0, "held-reviews");

      assertThat(list).contains(Stage.LONE_APP + "  nickname  疑似 Ann");
      Matcher review = UUID.matcher(list);
      assertThat(review.find()).isTrue();
      assertThat(command(environment, 0, "decide-review", review.group(), "pass"))
          .contains("decided");
      assertThat(client.me(token).has(200).text("nickname")).isEqualTo("疑似 Ann");
      assertThat(command(environment, 0, "decide-review", review.group(), "refuse"))
          .contains("there is no such review, or it was decided before");
      assertThat(client.me(token).has(200).text("nickname")).isEqualTo("疑似 Ann");
    }
  }

  @Test
  void pushes_are_replayed_from_the_command_line() throws Exception {
    Map<String, String> environment = environment(TestDatabase.get().freshSchema());

    assertThat(command(environment, 0, "replay-pushes", Stage.LONE_APP, "2026-01-31T10:00:00Z"))
        .contains("0 pushes will take effect again");
  }

  @Test
  void a_command_that_is_none_is_answered_with_the_usage_and_so_is_help() throws Exception {
    assertThat(command(environment(TestDatabase.get().freshSchema()), 1, "hold-reviews"))
        .contains("decide-review <id> pass|refuse")
        .doesNotContain("Exception", "\tat ");
    assertThat(command(Map.of(), 0, "help")).contains("decide-review <id> pass|refuse");
  }

  /** What a command says until it exits. */
  private String command(Map<String, String> environment, int exit, String... arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, arguments);
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(exit);
    return output();
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dstdout.encoding=UTF-8",
                // As in production, not as in tests.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder
        .directory(new File("."))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private String output() throws IOException {
    String output = Files.readString(folder.resolve("output"));
    LogOfEverything.alsoPrinted("a process", output);
    return output;
  }

  /** All that a server needs, and what is added to it: name, value, name, value… */
  private Map<String, String> environment(TestDatabase.Schema database, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("MINI_LOGIN_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("DATASOURCES_DEFAULT_URL", database.jdbcUrl());
    environment.put("DATASOURCES_DEFAULT_USERNAME", database.username());
    environment.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
    environment.put("MINI_LOGIN_KEYS_FILE", folder.resolve("keys").toString());
    environment.put("MINI_LOGIN_KEYS_CREATE", "true");
    environment.put("MINI_LOGIN_WECHAT_BASE_URL", stage.simulator.uri().toString());
    environment.put("MINI_LOGIN_APPS_0_APP_ID", Stage.LONE_APP);
    environment.put("MINI_LOGIN_APPS_0_APP_SECRET", SECRET);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }
}
