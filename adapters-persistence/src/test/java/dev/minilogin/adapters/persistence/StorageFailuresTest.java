package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.failure.StorageUnavailable;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StorageFailuresTest {
  private static Sql sql;
  private static Instance instance;

  private final AtomicInteger attempts = new AtomicInteger();

  @BeforeAll
  static void start() throws SQLException {
    Schema schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    instance = Instance.start(schema);
    sql.execute("CREATE TABLE notes (text VARCHAR(8) PRIMARY KEY) ENGINE = InnoDB");
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @BeforeEach
  void nothingIsNoted() throws SQLException {
    sql.execute("DELETE FROM notes");
  }

  @ParameterizedTest
  @MethodSource("refusedStatements")
  void an_sql_error_is_told_as_unavailable_without_data_and_not_tried_again(
      String statement, int errorCode) throws SQLException {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> note("datum-1", statement))
        .withMessage("storage unavailable while noting")
        .satisfies(
            failure ->
                assertThat(failure)
                    .rootCause()
                    .isInstanceOfSatisfying(
                        SQLException.class,
                        cause -> assertThat(cause.getErrorCode()).isEqualTo(errorCode)));
    assertThat(attempts).hasValue(1);
    assertThat(notes()).isZero();
  }

  static Stream<Object[]> refusedStatements() {
    return Stream.of(
        new Object[] {"INSERT INTO notes VALUES ('datum-1')", 1062},
        new Object[] {"INSERT INTO notes VALUES ('datum-that-is-too-long')", 1406},
        new Object[] {"INSERT INTO notes VALUES (NULL)", 1048},
        new Object[] {"INSERT INTO nowhere VALUES ('datum')", 1146},
        new Object[] {"INSERT datum", 1064});
  }

  @ParameterizedTest
  @MethodSource("otherFailures")
  void what_is_no_failure_of_the_database_passes_unchanged(Throwable thrown) throws SQLException {
    assertThatThrownBy(
            () ->
                instance
                    .storage()
                    .statement(
                        "noting",
                        () -> {
                          attempts.incrementAndGet();
                          throw sneaky(thrown);
                        }))
        .isSameAs(thrown);
    assertThatThrownBy(
            () ->
                instance
                    .storage()
                    .transaction(
                        "noting",
                        () -> {
                          attempts.incrementAndGet();
                          insert("datum-1");
                          throw sneaky(thrown);
                        }))
        .isSameAs(thrown);
    assertThat(attempts).hasValue(2);
    assertThat(notes()).isZero();
  }

  static Stream<Throwable> otherFailures() {
    return Stream.of(
        new IllegalStateException("a bug", new IllegalArgumentException("of ours")),
        new NullPointerException(),
        new LinkageError("an error"));
  }

  @Test
  void a_failed_query_for_a_number_is_told_as_unavailable() {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> instance.storage().number("counting", "SELECT COUNT(*) FROM nowhere"))
        .withMessage("storage unavailable while counting")
        .withRootCauseInstanceOf(SQLException.class);
  }

  @Test
  void failures_use_up_no_connections() throws SQLException {
    for (int i = 0; i < 20; i++) {
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> note("datum-1", "INSERT datum"));
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> instance.storage().number("counting", "SELECT datum"));
    }
    note("datum-1", "INSERT INTO notes VALUES ('datum-2')");
    assertThat(notes()).isEqualTo(2);
    assertThat(instance.transactions().getHikariPoolMXBean().getActiveConnections()).isZero();
    assertThat(instance.statements().getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void without_a_database_everything_is_unavailable() {
    try (Instance alone = Instance.start(TestDatabase.get().freshSchema())) {
      alone.disconnect();
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> alone.storage().number("counting", "SELECT 1"))
          .withCauseInstanceOf(RuntimeException.class);
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> alone.storage().transaction("noting", () -> 1))
          .withCauseInstanceOf(RuntimeException.class);
    }
  }

  private void note(String text, String statement) {
    instance
        .storage()
        .transaction(
            "noting",
            () -> {
              attempts.incrementAndGet();
              insert(text);
              return instance.inTransaction(statement);
            });
  }

  private static void insert(String text) {
    assertThat(instance.inTransaction("INSERT INTO notes VALUES ('" + text + "')")).isOne();
  }

  private static long notes() throws SQLException {
    return sql.number("SELECT COUNT(*) FROM notes");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
