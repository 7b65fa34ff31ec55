package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Malformed requests to a server with a small heap: each is answered, never as a fault of ours, as
 * a problem document that tells nothing of the inside; and nothing of them stays.
 *
 * <p>{@code -Dminilogin.malformed.requests=1000000} sends a million; {@code
 * -Dminilogin.malformed.seed} others. What was seen is printed and written to {@code
 * target/malformed}.
 */
@ExtendWith(Stage.Given.class)
class MalformedRequestsTest {
  private static final long REQUESTS = Long.getLong("minilogin.malformed.requests", 3_000);
  private static final long SEED = Long.getLong("minilogin.malformed.seed", 1);
  private static final int CLIENTS = 4;

  /** From so many on, the heap has to be flat. A short run is spent filling caches. */
  private static final long A_LONG_RUN = 100_000;

  private static final int SAMPLES = REQUESTS < A_LONG_RUN ? 2 : 20;
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Path FOLDER = Path.of("target", "malformed").toAbsolutePath();

  private final Stage stage;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Map<Integer, AtomicLong> statuses = new ConcurrentHashMap<>();
  private final AtomicLong unanswered = new AtomicLong();

  MalformedRequestsTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void malformed_requests_are_refused_and_forgotten() throws Exception {
    int port = FreePort.find();
    URI uri = URI.create("http://127.0.0.1:" + port);
    Files.createDirectories(FOLDER);
    Process process = start(port);
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      Client client = new Client(uri);
      await()
          .atMost(LONGEST_START)
          .ignoreExceptions()
          .until(() -> client.get("/health/ready").status() == 200);
      String token = client.logIn(Stage.LONE_APP, stage.weChat.code(Stage.LONE_APP)).token();
      MalformedRequests requests = new MalformedRequests(Stage.LONE_APP, token, SEED);

      List<LiveHeap> heaps = new ArrayList<>();
      for (int sample = 0; sample < SAMPLES; sample++) {
        send(clients, uri, requests, sample);
        heaps.add(LiveHeap.of(process));
      }

      report(heaps);
      client.check(token).has(200);
      assertFlat(heaps);
    } finally {
      process.destroy();
      assertThat(process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Files.readString(FOLDER.resolve("server.log")))
        .as("the log")
        .doesNotContain(" ERROR ", "unexpected failure", "OutOfMemoryError");
  }

  /** Sends one share of all requests, and fails with the first that isn't answered as it should. */
  private void send(ExecutorService clients, URI uri, MalformedRequests requests, int sample)
      throws InterruptedException {
    AtomicLong next = new AtomicLong(REQUESTS * sample / SAMPLES);
    long end = REQUESTS * (sample + 1) / SAMPLES;
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      running.add(
          clients.submit(
              () -> {
                try (Wire wire = new Wire(uri)) {
                  for (long n = next.getAndIncrement(); n < end; n = next.getAndIncrement()) {
                    send(wire, n, requests.of(n));
                  }
                }
              }));
    }
    for (Future<?> client : running) {
      try {
        client.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause().getMessage(), e.getCause());
      }
    }
  }

  private void send(Wire wire, long number, MalformedRequests.Request request) {
    try {
      Optional<Answer> answer = wire.send(request);
      if (answer.isEmpty()) {
        assertThat(request.isAnswered()).as("whether it may stay without answer").isFalse();
        unanswered.incrementAndGet();
      } else {
        check(answer.get());
      }
    } catch (IOException | AssertionError | RuntimeException e) {
      throw new AssertionError(
          "request %d with seed %d: %s%n%s".formatted(number, SEED, e.getMessage(), request), e);
    }
  }

  private void check(Answer given) {
    // The framework takes methods in any case, and paths with a slash behind.
    Answer answer =
        new Answer(
            given.method().toUpperCase(Locale.ROOT),
            given.path().replaceFirst("(?<=.)/$", ""),
            given.status(),
            given.headers(),
            given.bytes());
    statuses.computeIfAbsent(answer.status(), status -> new AtomicLong()).incrementAndGet();
    assertThat(answer.status()).as("%s", answer).isLessThan(500);
    assertThat(answer.headers()).doesNotContainKeys("Server", "X-Powered-By");
    // Nearly all errors are the same but for their trace ids, and checking one takes long.
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    headers.remove("Date");
    boolean isNew =
        answer.status() < 400
            || seen.add(
                answer.method().equals("HEAD")
                    + answer.path().replaceAll("(?<=^/v1/).*", "")
                    + answer.status()
                    + headers
                    + answer.text().replaceFirst("\"traceId\":\"[0-9a-f]{32}\"", ""));
    if (isNew) {
      Contract.check(answer);
    }
  }

  private void assertFlat(List<LiveHeap> heaps) {
    LiveHeap last = heaps.getLast();
    if (REQUESTS >= A_LONG_RUN) {
      LiveHeap half = heaps.get(SAMPLES / 2 - 1);
      assertThat(last.bytes()).as("live heap").isLessThan(half.bytes() + half.bytes() / 20);
      assertThat(last.mapEntries()).isLessThan(half.mapEntries() + 10_000);
    } else {
      assertThat(last.bytes()).as("live heap").isLessThan(128L << 20);
    }
  }

  private void report(List<LiveHeap> heaps) throws IOException {
    StringBuilder report = new StringBuilder();
    report.append(
        "%d malformed requests, seed %d; statuses %s; %d without answer; %d kinds of errors%n"
            .formatted(REQUESTS, SEED, new TreeMap<>(statuses), unanswered.get(), seen.size()));
    report.append("slope of the live heap in the second half: ");
    report.append(
        String.format(
            Locale.ROOT, "%.3f MiB per million requests%n", slope(heaps) / (1 << 20) * 1e6));
    for (int i = 0; i < heaps.size(); i++) {
      report.append(
          "%d requests: %d KiB live, %d map entries%n"
              .formatted(
                  REQUESTS * (i + 1) / SAMPLES,
                  heaps.get(i).bytes() >> 10,
                  heaps.get(i).mapEntries()));
    }
    Files.writeString(FOLDER.resolve("report.txt"), report);
    if (REQUESTS >= A_LONG_RUN) {
      System.out.print(report);
    }
  }

  /** Bytes per request, by least squares over the second half of the samples. */
  private static double slope(List<LiveHeap> heaps) {
    int from = heaps.size() / 2;
    int n = heaps.size() - from;
    double meanX = 0;
    double meanY = 0;
    for (int i = from; i < heaps.size(); i++) {
      meanX += (double) REQUESTS * (i + 1) / SAMPLES / n;
      meanY += (double) heaps.get(i).bytes() / n;
    }
    double products = 0;
    double squares = 0;
    for (int i = from; i < heaps.size(); i++) {
      double x = (double) REQUESTS * (i + 1) / SAMPLES - meanX;
      products += x * (heaps.get(i).bytes() - meanY);
      squares += x * x;
    }
    return products / squares;
  }

  private Process start(int port) throws IOException {
    TestDatabase.Schema database = TestDatabase.get().freshSchema();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("MICRONAUT_SERVER_PORT", String.valueOf(port));
    environment.put("MINI_LOGIN_MANAGEMENT_PORT", String.valueOf(FreePort.find()));
    environment.put("DATASOURCES_DEFAULT_URL", database.jdbcUrl());
    environment.put("DATASOURCES_DEFAULT_USERNAME", database.username());
    environment.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
    environment.put("MINI_LOGIN_KEYS_FILE", Server.newKeyFile().toString());
    environment.put("MINI_LOGIN_KEYS_CREATE", "true");
    environment.put("MINI_LOGIN_WECHAT_BASE_URL", stage.simulator.uri().toString());
    environment.put("MINI_LOGIN_RATE_LIMITS_ENABLED", "false");
    environment.put("MINI_LOGIN_APPS_0_APP_ID", Stage.LONE_APP);
    environment.put("MINI_LOGIN_APPS_0_APP_SECRET", Stage.secret(Stage.LONE_APP));
    environment.put("MINI_LOGIN_APPS_0_RISK", "off");
    environment.put("MINI_LOGIN_APPS_0_CONTENT_CHECK", "false");
    environment.put("MINI_LOGIN_APPS_0_PUSH_TOKEN", Stage.pushToken(Stage.LONE_APP));
    environment.put("MINI_LOGIN_APPS_0_PUSH_AES_KEY", Stage.pushKey(Stage.LONE_APP));
    return builder
        .directory(new File("."))
        .redirectErrorStream(true)
        .redirectOutput(FOLDER.resolve("server.log").toFile())
        .start();
  }
}
