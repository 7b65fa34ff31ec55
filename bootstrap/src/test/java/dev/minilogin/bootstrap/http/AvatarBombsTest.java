package dev.minilogin.bootstrap.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.bootstrap.Application;
import dev.minilogin.bootstrap.demo.FreePort;
import dev.minilogin.domain.testing.AtOnce;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that do or claim much, many at once, against a server that has little memory. */
@ExtendWith(Studio.Given.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AvatarBombsTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String APP = Studio.WITHOUT_PUSHES;
  private static final int AT_ONCE = 50;

  @TempDir static Path folder;

  private final Studio studio;
  private Process process;
  private Client client;

  AvatarBombsTest(Studio studio) {
    this.studio = studio;
  }

  @BeforeAll
  void start() throws IOException {
    int port = FreePort.find();
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("MICRONAUT_SERVER_PORT", String.valueOf(port)),
                Map.entry("MINI_LOGIN_MANAGEMENT_PORT", String.valueOf(FreePort.find())),
                Map.entry("MINI_LOGIN_PUBLIC_URL", "http://127.0.0.1:" + port),
                Map.entry("DATASOURCES_DEFAULT_URL", database.jdbcUrl()),
                Map.entry("DATASOURCES_DEFAULT_USERNAME", database.username()),
                Map.entry("DATASOURCES_DEFAULT_PASSWORD", database.password()),
                Map.entry("MINI_LOGIN_KEYS_FILE", folder.resolve("keys").toString()),
                Map.entry("MINI_LOGIN_KEYS_CREATE", "true"),
                Map.entry("MINI_LOGIN_WECHAT_BASE_URL", studio.simulator.uri().toString()),
                Map.entry("MINI_LOGIN_APPS_0_APP_ID", APP),
                Map.entry("MINI_LOGIN_APPS_0_APP_SECRET", Stage.secret(APP)),
                Map.entry("MINI_LOGIN_APPS_0_CONTENT_CHECK", "false"),
                Map.entry("MINI_LOGIN_APPS_0_RISK", "off")));
    process =
        builder
            .directory(new File("."))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    client = new Client(URI.create("http://127.0.0.1:" + port));
    await()
        .atMost(LONGEST)
        .ignoreExceptions()
        .until(() -> client.get("/health/ready").status() == 200);
  }

  @AfterAll
  void end() throws Exception {
    process.destroy();
    assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("ended by SIGTERM and nothing else").isEqualTo(128 + 15);
    assertThat(Files.readString(folder.resolve("output")))
        .doesNotContain("OutOfMemory", "OutOfDirectMemory", "StackOverflow", "unexpected failure");
  }

  private Answer logIn() {
    return client.logIn(APP, studio.weChat.code(APP)).has(201);
  }

  private Answer upload(String token, byte[] file) {
    return client.upload(token, "/v1/me/avatar", "a.png", "image/png", file);
  }

  /** All at once; logins go on meanwhile. */
  private List<Answer> uploadAll(List<byte[]> files) {
    String token = logIn().token();
    AtomicBoolean over = new AtomicBoolean();
    List<Integer> logins = new CopyOnWriteArrayList<>();
    Thread others =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!over.get()) {
                    logins.add(client.logIn(APP, studio.weChat.code(APP)).status());
                  }
                });
    try {
      return AtOnce.run(files.size(), i -> upload(token, files.get(i)));
    } finally {
      over.set(true);
      assertThat(await().atMost(LONGEST).until(() -> !others.isAlive(), gone -> gone)).isTrue();
      assertThat(logins).isNotEmpty().containsOnly(201);
    }
  }

  private static List<byte[]> repeated(int count, byte[]... files) {
    return Collections.nCopies(count, Arrays.asList(files)).stream()
        .flatMap(List::stream)
        .limit(count)
        .toList();
  }

  @Test
  void fifty_pictures_that_claim_too_much_are_refused_each_by_its_header() {
    List<byte[]> bombs =
        repeated(
            AT_ONCE,
            Photos.blackPng(9000, 9000),
            Photos.pngThatClaims(Integer.MAX_VALUE, 1),
            Photos.pngThatClaims(30_000, 30_000),
            Photos.gifThatClaimsTheMost(),
            Photos.jpegThatClaimsTheMost());

    List<Answer> answers = uploadAll(bombs);

    answers.forEach(answer -> answer.isProblem(413, "payload-too-large"));
  }

  @Test
  void fifty_uploads_of_two_mebibytes_that_are_no_pictures_are_refused() {
    byte[] large = Arrays.copyOf("\u0089PNG\r\n\u001a\nno".getBytes(ISO_8859_1), 2 * 1024 * 1024);

    List<Answer> answers = uploadAll(repeated(AT_ONCE, large, new byte[large.length]));

    answers.forEach(answer -> answer.isProblem(400, "avatar-unreadable"));
  }

  @Test
  void pictures_as_costly_as_allowed_are_taken_or_told_to_come_again() {
    byte[] costly = Photos.blackPng(4096, 1953);
    byte[] bomb = Photos.pngThatClaims(30_000, 30_000);

    List<Answer> answers = uploadAll(repeated(AT_ONCE, costly, bomb));

    assertThat(answers).anyMatch(answer -> answer.status() == 200);
    for (int i = 0; i < AT_ONCE; i++) {
      if (i % 2 == 1) {
        answers.get(i).isProblem(413, "payload-too-large");
      } else if (answers.get(i).status() != 200) {
        assertThat(answers.get(i).isProblem(503, "overloaded").header("Retry-After")).isPresent();
      }
    }
    upload(logIn().token(), Photos.jpeg()).has(200);
  }

  @Test
  void pictures_with_much_behind_them_are_read_as_far_as_they_go() {
    List<Answer> answers =
        uploadAll(repeated(20, Photos.pngWithTooManyPixelsBehind(), Photos.jpeg()));

    assertThat(answers).extracting(Answer::status).isSubsetOf(200, 400, 503);
  }
}
