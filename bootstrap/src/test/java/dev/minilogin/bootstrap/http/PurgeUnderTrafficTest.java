package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.application.retention.PurgeExpired;
import dev.minilogin.domain.testing.AtOnce;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two instances purge a table that is in use. */
@ExtendWith(Stage.Given.class)
class PurgeUnderTrafficTest {
  private static final int ROWS = 20_000;
  private static final int CLIENTS = 6;
  private static final Duration PAST_ITS_TIME = Duration.ofDays(31);

  private final Stage stage;
  private final TestDatabase.Schema database = TestDatabase.get().freshSchema();
  private final AtomicInteger answers = new AtomicInteger();

  PurgeUnderTrafficTest(Stage stage) {
    this.stage = stage;
  }

  @Test
  void no_live_session_goes_no_client_notices_and_no_row_is_purged_twice() throws SQLException {
    Path keys = Server.newKeyFile();
    try (Server first = server(keys);
        Server second = server(keys)) {
      List<Server> servers = List.of(first, second);
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        tokens.add(
            first
                .client()
                .logIn(Stage.LONE_APP, stage.weChat.code(Stage.LONE_APP))
                .has(201)
                .token());
      }
      String user = Dump.of(database).column("SELECT HEX(MIN(id)) FROM users").getFirst();
      insertSessions(user);
      AtomicBoolean purging = new AtomicBoolean(true);
      AtomicInteger atIt = new AtomicInteger(2);

      List<Integer> purged =
          AtOnce.run(
              2 + CLIENTS,
              i -> {
                if (i < 2) {
                  int count = purgeAll(servers.get(i).bean(PurgeExpired.class), user);
                  purging.set(atIt.decrementAndGet() > 0);
                  return count;
                }
                Client client = servers.get(i % 2).client();
                String token = tokens.get(i - 2);
                do {
                  client.check(token).has(200);
                  client.logIn(Stage.LONE_APP, stage.weChat.code(Stage.LONE_APP)).has(201);
                  answers.addAndGet(2);
                } while (purging.get());
                return 0;
              });

      assertThat(purged.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROWS / 2);
      assertThat(left(user, "<")).as("past their time").isZero();
      assertThat(left(user, ">=")).as("still of use").isEqualTo(ROWS / 2);
      tokens.forEach(token -> second.client().check(token).has(200));
      assertThat(answers.get()).isGreaterThanOrEqualTo(2 * CLIENTS);
    }
  }

  private Server server(Path keys) {
    return Server.of(
            stage.simulator.uri(),
            List.of(
                Server.App.of(Stage.LONE_APP, Stage.secret(Stage.LONE_APP)).with("risk", "off")))
        .on(database)
        .keys(keys)
        .at(stage.clock)
        .start();
  }

  /** Until nothing is left, whichever instance gets to do it. */
  private int purgeAll(PurgeExpired purgeExpired, String user) {
    int purged = 0;
    do {
      purged += purgeExpired.execute();
    } while (left(user, "<") > 0);
    return purged;
  }

  private int left(String user, String comparison) {
    return Dump.of(database)
        .count(
            "SELECT COUNT(*) FROM sessions WHERE user_id = UNHEX(?) AND scene = 'many'"
                + (" AND idle_expires_at " + comparison + " ?"),
            user,
            stage.clock.instant().minus(Duration.ofDays(30)).toEpochMilli());
  }

  private void insertSessions(String user) throws SQLException {
    long now = stage.clock.instant().toEpochMilli();
    String insert =
        "INSERT INTO sessions (id, token_mac, user_id, app_id, scene, created_at, last_seen_at,"
            + " idle_expires_at, absolute_expires_at, epoch, login_claim, new_user)"
            + " VALUES (?, ?, UNHEX(?), ?, 'many', ?, ?, ?, ?, 0, ?, 0)";
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(insert)) {
      connection.setAutoCommit(false);
      for (int i : IntStream.range(0, ROWS).toArray()) {
        long end = now + (i % 2 == 0 ? -PAST_ITS_TIME.toMillis() - i : 3_600_000);
        statement.setBytes(1, bytes(16, i));
        statement.setBytes(2, bytes(32, i));
        statement.setString(3, user);
        statement.setString(4, Stage.LONE_APP);
        statement.setLong(5, end - 3_600_000);
        statement.setLong(6, end - 3_600_000);
        statement.setLong(7, end);
        statement.setLong(8, end);
        statement.setBytes(9, bytes(32, i));
        statement.addBatch();
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  private static byte[] bytes(int length, int number) {
    return ByteBuffer.allocate(length).putInt(length - Integer.BYTES, number).array();
  }
}
