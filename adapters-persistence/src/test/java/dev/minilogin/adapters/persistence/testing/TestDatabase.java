package dev.minilogin.adapters.persistence.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that this JVM's tests run on, and schemas of their own for them.
 *
 * <p>With the system property {@value #URL_PROPERTY} it is the server named there, whose user may
 * create schemas; when that one does not answer, the tests fail. Otherwise it is an {@link
 * EmbeddedMariaDb} in the folder {@value #FOLDER_PROPERTY}, by default {@code target/test-database}
 * of the root project, so that all modules share one installation.
 */
public final class TestDatabase {

  /**
   * System property: URL of the server to test on, e.g. {@code
   * jdbc:mysql://127.0.0.1:3306/?user=app&password=app}.
   */
  public static final String URL_PROPERTY = "minilogin.test.jdbc-url";

  /** System property: the folder of the embedded server. */
  public static final String FOLDER_PROPERTY = "minilogin.test.database-folder";

  private static final Pattern SCHEMA_NAME =
      Pattern.compile("mini_login_test_(?<pid>\\d+)_[0-9a-f]+");

  private static TestDatabase instance;

  private final JdbcUrl url;
  private final String username;
  private final String password;
  private final AutoCloseable server;
  private final String version;
  private final List<String> schemas = new ArrayList<>();

  private TestDatabase(JdbcUrl url, String username, String password, AutoCloseable server) {
    this.url = url;
    this.username = username;
    this.password = password;
    this.server = server;
    this.version = query("SELECT CONCAT(@@version, ', ', @@version_comment)").getFirst();
  }

  /** The server of this JVM, started at the first call; its version goes to standard output. */
  public static synchronized TestDatabase get() {
    if (instance == null) {
      String url = System.getProperty(URL_PROPERTY, "");
      TestDatabase database = url.isBlank() ? embedded(folder()) : external(url);
      Runtime.getRuntime().addShutdownHook(new Thread(database::close, "test-database"));
      System.out.println("Testing on " + database.version + " at " + database.url.server());
      instance = database;
    }
    return instance;
  }

  /** The folder of the embedded server, whether it is used or not. */
  static Path folder() {
    String folder = System.getProperty(FOLDER_PROPERTY, "");
    return folder.isBlank() ? rootProject().resolve("target/test-database") : Path.of(folder);
  }

  /**
   * The server that a URL names.
   *
   * @throws IllegalStateException when it does not answer
   */
  static TestDatabase external(String url) {
    JdbcUrl.WithCredentials parsed = JdbcUrl.parse(url);
    return new TestDatabase(parsed.url(), parsed.username(), parsed.password(), () -> {});
  }

  /** The server of a folder. */
  static TestDatabase embedded(Path folder) {
    EmbeddedMariaDb server = EmbeddedMariaDb.start(folder, 0, System.out::println);
    TestDatabase database =
        new TestDatabase(
            JdbcUrl.onLoopback(server.port()), server.username(), server.password(), server);
    database.dropSchemasOfTheDead();
    return database;
  }

  /** What the server says it is, e.g. {@code 8.0.33, MySQL Community Server - GPL}. */
  public String version() {
    return version;
  }

  /** A new, empty schema, dropped when the JVM ends. */
  public synchronized Schema freshSchema() {
    String name =
        "mini_login_test_"
            + ProcessHandle.current().pid()
            + "_"
            + HexFormat.of().toHexDigits(System.nanoTime());
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    schemas.add(name);
    return new Schema(name, url.ofSchema(name), username, password);
  }

  /** Only for a server that no other machine uses, whose process ids would mean nothing here. */
  private void dropSchemasOfTheDead() {
    for (String schema : query("SELECT schema_name FROM information_schema.schemata")) {
      Matcher matcher = SCHEMA_NAME.matcher(schema);
      if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group("pid"))).isEmpty()) {
        execute("DROP DATABASE IF EXISTS " + schema);
      }
    }
  }

  synchronized void close() {
    try (server) {
      for (String schema : schemas) {
        execute("DROP DATABASE IF EXISTS " + schema);
      }
    } catch (Exception e) {
      throw new IllegalStateException("The test database was not left in order", e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private List<String> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answers = new ArrayList<>();
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
      return answers;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url.ofSchema(""), username, password);
  }

  private IllegalStateException failure(SQLException e) {
    return new IllegalStateException(
        "The test database at " + url.server() + " fails: " + e.getMessage(), e);
  }

  private static Path rootProject() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path pom = folder.resolve("pom.xml");
      try {
        if (Files.exists(pom) && Files.readString(pom).contains("<modules>")) {
          return folder;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException(
        "No root project above the working folder; name a folder with -D" + FOLDER_PROPERTY);
  }

  /**
   * A schema and how to connect to it.
   *
   * @param jdbcUrl without credentials
   */
  public record Schema(String name, String jdbcUrl, String username, String password) {

    /** A new connection of the caller's. */
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, username, password);
    }
  }
}
