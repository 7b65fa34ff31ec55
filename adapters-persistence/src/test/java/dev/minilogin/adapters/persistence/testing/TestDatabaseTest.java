package dev.minilogin.adapters.persistence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestDatabaseTest {

  private final TestDatabase database = TestDatabase.get();

  @Test
  void oneServerForAllTestsOfAJvm() {
    assertThat(TestDatabase.get()).isSameAs(database);
    assertThat(database.version()).matches("\\d+\\.\\d+\\.\\d+.*, .+");
  }

  @Test
  void schemasAreSeparate() throws SQLException {
    Schema one = database.freshSchema();
    Schema other = database.freshSchema();

    execute(one, "CREATE TABLE same_name (id INT)");
    execute(other, "CREATE TABLE same_name (id INT)");

    assertThat(one.name()).isNotEqualTo(other.name());
    assertThat(query(one, "SELECT DATABASE()")).isEqualTo(one.name());
  }

  @Test
  void allOfUnicodeGoesInAndOut() throws SQLException {
    Schema schema = database.freshSchema();
    execute(schema, "CREATE TABLE names (name VARCHAR(32))");
    String name = "𠮷野家 👨‍👩‍👧";
    try (Connection connection = schema.connect();
        PreparedStatement insert = connection.prepareStatement("INSERT INTO names VALUES (?)")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }

    assertThat(query(schema, "SELECT name FROM names")).isEqualTo(name);
  }

  @Test
  void sessionsAreInUtc() throws SQLException {
    assertThat(query(database.freshSchema(), "SELECT @@time_zone")).isEqualTo("+00:00");
  }

  @Test
  void schemasAreDroppedWhenTheJvmEnds() throws Exception {
    Schema mine = database.freshSchema();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + TestDatabase.URL_PROPERTY + "=" + urlWithCredentials(mine),
                "-cp",
                System.getProperty("java.class.path"),
                OtherJvm.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String theirs = process.inputReader().readAllAsString().lines().toList().getLast();

    assertThat(process.waitFor()).isZero();
    assertThat(theirs).startsWith("mini_login_test_" + process.pid());
    assertThat(query(mine, "SHOW DATABASES LIKE '" + theirs + "'")).isNull();
    assertThat(query(mine, "SHOW DATABASES LIKE '" + mine.name() + "'")).isEqualTo(mine.name());
  }

  @Test
  void schemasOfKilledJvmsAreDroppedByTheNext() throws SQLException {
    long never = 999_999_999;
    TestDatabase embedded = TestDatabase.embedded(TestDatabase.folder());
    try {
      Schema mine = embedded.freshSchema();
      execute(mine, "CREATE DATABASE mini_login_test_" + never + "_0");

      TestDatabase.embedded(TestDatabase.folder()).close();

      assertThat(query(mine, "SHOW DATABASES LIKE 'mini_login_test_" + never + "_0'")).isNull();
      assertThat(query(mine, "SHOW DATABASES LIKE '" + mine.name() + "'")).isEqualTo(mine.name());
    } finally {
      embedded.close();
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAFailure() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(
            () -> TestDatabase.external("jdbc:mysql://127.0.0.1:" + port + "/?user=a&password=b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void aUrlGivesServerCredentialsAndParameters() {
    JdbcUrl.WithCredentials parsed =
        JdbcUrl.parse(
            "jdbc:mysql://db.example:3307/old?user=me&password=a%26b&sslMode=REQUIRED&x=y");

    assertThat(parsed.username()).isEqualTo("me");
    assertThat(parsed.password()).isEqualTo("a&b");
    assertThat(parsed.url().server()).isEqualTo("db.example:3307");
    assertThat(parsed.url().parameters())
        .containsAllEntriesOf(Map.of("sslMode", "REQUIRED", "x", "y", "connectionTimeZone", "UTC"))
        .doesNotContainKeys("user", "password");
    assertThat(parsed.url().ofSchema("new"))
        .startsWith("jdbc:mysql://db.example:3307/new?")
        .contains("&sslMode=REQUIRED&")
        .doesNotContain("a%26b");
  }

  @Test
  void anotherKindOfUrlIsRefused() {
    assertThatThrownBy(() -> JdbcUrl.parse("jdbc:mariadb://127.0.0.1/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String urlWithCredentials(Schema schema) {
    return schema.jdbcUrl() + "&user=" + schema.username() + "&password=" + schema.password();
  }

  private static void execute(Schema schema, String sql) throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row, or null when there is none. */
  private static String query(Schema schema, String sql) throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private static final class OtherJvm {
    public static void main(String[] arguments) {
      System.out.println(TestDatabase.get().freshSchema().name());
    }
  }
}
