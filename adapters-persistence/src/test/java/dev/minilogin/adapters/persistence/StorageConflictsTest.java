package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InBackground;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Units of work that are in each other's way, on a database that lets nobody wait over a second.
 */
class StorageConflictsTest {
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int ATTEMPTS = 12;

  private static Schema schema;
  private static Sql sql;
  private static Instance instance;

  private final AtomicInteger attempts = new AtomicInteger();

  @BeforeAll
  static void start() throws SQLException {
    schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    instance = Instance.start(schema, "sessionVariables=innodb_lock_wait_timeout=1");
    sql.execute("CREATE TABLE places (id INT PRIMARY KEY, visits INT NOT NULL) ENGINE = InnoDB");
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @BeforeEach
  void nobodyWasThere() throws SQLException {
    sql.execute("DELETE FROM places", "INSERT INTO places VALUES (0, 0), (1, 0)");
  }

  @Test
  void two_transactions_that_deadlock_both_succeed() throws SQLException {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    List<Integer> results =
        AtOnce.run(
            2,
            i -> {
              AtomicInteger mine = new AtomicInteger();
              return instance
                  .storage()
                  .transaction(
                      "visiting",
                      () -> {
                        visit(i);
                        if (mine.incrementAndGet() == 1) {
                          pass(bothHoldOne);
                        }
                        visit(1 - i);
                        attempts.incrementAndGet();
                        return mine.get();
                      });
            });
    assertThat(results).containsExactlyInAnyOrder(1, 2);
    assertThat(attempts).hasValue(2);
    assertThat(visits()).containsExactly("0 2", "1 2");
  }

  @Test
  void a_lock_that_is_let_go_after_a_timeout_is_waited_for() throws SQLException {
    try (Connection other = holdingTheFirstPlace()) {
      InBackground<Integer> waiting = InBackground.start(() -> visitBoth("visiting"));
      await().until(() -> attempts.get() >= 2);
      assertThat(waiting.isOver()).isFalse();
      other.rollback();
      waiting.result();
    }
    assertThat(visits()).containsExactly("0 1", "1 1");
  }

  @Test
  void a_lock_that_is_never_let_go_ends_as_unavailable() throws SQLException {
    try (Connection other = holdingTheFirstPlace()) {
      InBackground<Throwable> waiting =
          InBackground.start(() -> failureOf(() -> visitBoth("visiting")));
      assertThat(waiting.result())
          .isInstanceOf(StorageUnavailable.class)
          .hasMessage("storage unavailable while visiting")
          .hasRootCauseInstanceOf(SQLException.class)
          .rootCause()
          .extracting(cause -> ((SQLException) cause).getErrorCode())
          .isEqualTo(LOCK_WAIT_TIMEOUT);
      assertThat(attempts).hasValue(ATTEMPTS);
      other.rollback();
    }
    assertThat(visits()).containsExactly("0 0", "1 0");
  }

  @Test
  void an_answer_that_does_not_come_is_not_asked_for_again_and_leaves_nothing_behind()
      throws SQLException {
    try (Instance impatient =
            Instance.start(
                schema, "socketTimeout=700&sessionVariables=innodb_lock_wait_timeout=30");
        Connection other = holdingTheFirstPlace()) {
      InBackground<Throwable> waiting =
          InBackground.start(() -> failureOf(() -> visitBoth(impatient, "visiting")));
      assertThat(waiting.result())
          .isInstanceOf(StorageUnavailable.class)
          .hasStackTraceContaining("Communications link failure");
      assertThat(attempts).hasValue(1);
      other.rollback();
      // The next one gets both places, hence the first has let go of them.
      attempts.set(0);
      visitBoth(impatient, "visiting");
    }
    assertThat(visits()).containsExactly("0 1", "1 1");
  }

  @Test
  void a_lost_race_is_run_again_on_a_clean_slate() throws SQLException {
    int result =
        instance
            .storage()
            .transaction(
                "visiting",
                () -> {
                  visit(0);
                  if (attempts.incrementAndGet() < 3) {
                    throw new Storage.LostRace("somebody was there");
                  }
                  return attempts.get();
                });
    assertThat(result).isEqualTo(3);
    assertThat(visits()).containsExactly("0 1", "1 0");
  }

  @Test
  void a_race_that_is_always_lost_ends_as_unavailable() throws SQLException {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                instance
                    .storage()
                    .transaction(
                        "visiting",
                        () -> {
                          visit(0);
                          attempts.incrementAndGet();
                          throw new Storage.LostRace("somebody was there");
                        }))
        .withCauseInstanceOf(Storage.LostRace.class);
    assertThat(attempts).hasValue(ATTEMPTS);
    assertThat(visits()).containsExactly("0 0", "1 0");
  }

  @Test
  void the_first_failure_is_the_cause_and_later_ones_are_attached_to_it() {
    RuntimeException[] failures = new RuntimeException[ATTEMPTS];
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () ->
                instance
                    .storage()
                    .statement(
                        "visiting",
                        () -> {
                          int attempt = attempts.getAndIncrement();
                          failures[attempt] =
                              new IllegalStateException(
                                  new SQLException("deadlock " + attempt, "40001", 1213));
                          throw failures[attempt];
                        }))
        .satisfies(
            failure -> {
              assertThat(failure).hasCause(failures[0]);
              assertThat(failure.getCause().getSuppressed())
                  .containsExactly(Arrays.copyOfRange(failures, 1, ATTEMPTS));
            });
  }

  @Test
  void visitors_in_any_order_all_get_through() throws SQLException {
    assertThatNoException()
        .isThrownBy(
            () ->
                AtOnce.run(
                    8,
                    i ->
                        instance
                            .storage()
                            .transaction(
                                "visiting",
                                () -> {
                                  visit(i % 2);
                                  return visit(1 - i % 2);
                                })));
    assertThat(visits()).containsExactly("0 8", "1 8");
  }

  private int visitBoth(String doing) {
    return visitBoth(instance, doing);
  }

  /** In an order in which the second place is held by nobody else. */
  private int visitBoth(Instance by, String doing) {
    return by.storage()
        .transaction(
            doing,
            () -> {
              attempts.incrementAndGet();
              return visit(by, 1) + visit(by, 0);
            });
  }

  private static int visit(int place) {
    return visit(instance, place);
  }

  private static int visit(Instance by, int place) {
    return by.inTransaction("UPDATE places SET visits = visits + 1 WHERE id = " + place);
  }

  private static List<String> visits() throws SQLException {
    return sql.lines("SELECT id, visits FROM places ORDER BY id");
  }

  private static Connection holdingTheFirstPlace() throws SQLException {
    Connection connection = schema.connect();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE places SET visits = visits + 100 WHERE id = 0");
    }
    return connection;
  }

  private static Throwable failureOf(Runnable work) {
    try {
      work.run();
      return new AssertionError("it didn't fail");
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
