package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.Sample;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataSourcesTest {
  private Schema schema;

  @BeforeEach
  void makeASchema() {
    schema = TestDatabase.get().freshSchema();
  }

  @Test
  void statements_commit_by_themselves_and_transactions_do_not() throws SQLException {
    try (Instance instance = Instance.start(schema)) {
      try (Connection connection = instance.statements().getConnection()) {
        assertThat(connection.getAutoCommit()).isTrue();
      }
      try (Connection connection = instance.transactions().getConnection()) {
        assertThat(connection.getAutoCommit()).isFalse();
      }
    }
  }

  @Test
  void connections_are_read_committed_and_in_utc_and_do_not_wait_for_ever() throws SQLException {
    Schema plain =
        new Schema(
            schema.name(),
            schema
                .jdbcUrl()
                .replaceFirst("\\?.*", "?sslMode=DISABLED&allowPublicKeyRetrieval=true"),
            schema.username(),
            schema.password());
    try (Instance instance = Instance.start(plain)) {
      for (HikariDataSource pool : List.of(instance.statements(), instance.transactions())) {
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getTransactionIsolation())
              .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
          assertThat(connection.getNetworkTimeout()).isEqualTo(5_000);
          assertThat(text(connection, "SELECT @@session.time_zone")).isEqualTo("+00:00");
        }
      }
    }
  }

  @Test
  void a_parameter_of_the_url_wins_over_ours() throws SQLException {
    try (Instance instance =
        Instance.start(schema, "socketTimeout=4321&connectionTimeZone=%2B08:00")) {
      for (HikariDataSource pool : List.of(instance.statements(), instance.transactions())) {
        try (Connection connection = pool.getConnection()) {
          assertThat(connection.getNetworkTimeout()).isEqualTo(4_321);
          assertThat(text(connection, "SELECT @@session.time_zone")).isEqualTo("+08:00");
        }
      }
    }
  }

  @Test
  void one_connection_in_each_pool_is_enough() {
    try (Instance instance = Instance.start(schema, "", 1, Instance.keys(1))) {
      MiniProgram app = Sample.miniProgram();
      instance.ports().miniPrograms().save(app);
      NewLogin login = Sample.newLogin(app, Sample.identity());
      assertThat(instance.ports().logins().claim(login.claim(), login.at())).isTrue();
      instance.ports().logins().record(login);
      assertThat(instance.ports().sessions().find(login.token())).isPresent();
    }
  }

  /** A migration of a big table takes longer than a statement of a request may. */
  @Test
  void a_migration_may_take_longer_than_an_answer() throws SQLException {
    Instance.start(schema).close();
    try (Connection other = schema.connect();
        Statement statement = other.createStatement()) {
      statement.execute("LOCK TABLES flyway_schema_history WRITE");
      InBackground<Instance> starting =
          InBackground.start(() -> Instance.start(schema, "socketTimeout=1000"));
      await().atMost(Duration.ofSeconds(30)).until(() -> starting.isOver() || waitsForSeconds(2));
      statement.execute("UNLOCK TABLES");
      starting.result().close();
    }
  }

  @Test
  void an_instance_that_ends_leaves_no_connection_open() throws SQLException {
    Instance instance = Instance.start(schema);
    instance.storage().transaction("nothing", () -> 1);
    assertThat(connections()).isGreaterThanOrEqualTo(2);
    instance.close();
    await().atMost(Duration.ofSeconds(10)).until(() -> connections() == 0);
  }

  @Test
  void settings_print_no_password() {
    assertThat(new DatabaseSettings("jdbc:mysql://host/", "somebody", "hunter2", 1).toString())
        .doesNotContain("hunter2", "somebody");
  }

  /** Others' than the one that asks. */
  private long connections() throws SQLException {
    return new Sql(schema)
        .number("SELECT COUNT(*) - 1 FROM information_schema.processlist WHERE db = DATABASE()");
  }

  private boolean waitsForSeconds(int seconds) throws SQLException {
    return new Sql(schema)
            .number(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE()"
                    + " AND state LIKE 'Waiting for table metadata lock%' AND time >= "
                    + seconds)
        > 0;
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }
}
