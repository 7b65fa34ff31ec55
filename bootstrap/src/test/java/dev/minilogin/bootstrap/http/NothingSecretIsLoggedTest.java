package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.wire.WireEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After all other tests: of all the AppSecrets, session_keys, codes, tokens, openids and unionids
 * that they used, none is in what was logged meanwhile at DEBUG, nor in the database in the clear,
 * nor in the simulator's log of the wire.
 *
 * <p>It comes last by {@link ClassOrderer.OrderAnnotation}, set for all in {@code
 * junit-platform.properties}.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(Stage.Given.class)
class NothingSecretIsLoggedTest {
  private final Stage stage;

  NothingSecretIsLoggedTest(Stage stage) {
    this.stage = stage;
    Answer login = stage.newLogin();
    stage.client.check(login.token()).has(200);
    stage.client.logIn(Stage.APP, Secrets.note("0junk-for-the-log-" + System.nanoTime())).has(400);
  }

  @Test
  void no_log_has_a_secret() throws IOException {
    String log = Files.readString(LogOfEverything.path(), StandardCharsets.UTF_8);

    assertThat(log).as("a log at DEBUG").contains(" DEBUG ").contains("code2Session of");
    assertThat(found(log)).isEmpty();
  }

  /** Lines of a text that have secrets, these masked; of one logger's lines the first. */
  private static Collection<String> found(String text) {
    Map<String, String> found = new TreeMap<>();
    for (String secret : Secrets.used()) {
      for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        String line =
            text.substring(text.lastIndexOf('\n', at) + 1, (text + '\n').indexOf('\n', at));
        found.putIfAbsent(logger(line), masked(line));
      }
    }
    return found.values();
  }

  private static String logger(String line) {
    return masked(line).split(" - ", 2)[0].replaceFirst("^[0-9:.]+ ", "");
  }

  private static String masked(String text) {
    String masked = text;
    for (String secret : Secrets.used()) {
      masked = masked.replace(secret, secret.substring(0, 4) + "…");
    }
    return masked;
  }

  @Test
  void the_database_has_no_secret_in_the_clear() throws SQLException {
    Set<String> personal = new TreeSet<>();
    List<String> tables = new ArrayList<>();
    try (Connection connection = stage.database.connect();
        Statement statement = connection.createStatement()) {
      try (ResultSet names = statement.executeQuery("SHOW TABLES")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      personal.addAll(column(statement, "SELECT openid FROM wechat_identities"));
      personal.addAll(
          column(statement, "SELECT unionid FROM wechat_identities WHERE unionid IS NOT NULL"));
      for (String table : tables) {
        String content = content(statement, table);
        assertThat(Secrets.used())
            .as("secrets in %s", table)
            .noneMatch(secret -> !personal.contains(secret) && content.contains(secret));
      }
    }
    assertThat(tables).contains("mini_programs", "wechat_identities", "sessions", "login_claims");
    assertThat(personal).as("people who logged in").isNotEmpty();
  }

  private static List<String> column(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** All that stands in a table, byte for byte. */
  private static String content(Statement statement, String table) throws SQLException {
    StringBuilder content = new StringBuilder();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          byte[] value = rows.getBytes(i);
          if (value != null) {
            content.append(new String(value, StandardCharsets.ISO_8859_1)).append('\n');
          }
        }
      }
    }
    return content.toString();
  }

  @Test
  void the_simulators_wire_log_masks_what_it_shows() {
    List<WireEntry> entries = stage.simulator.wireAfter(0);

    assertThat(entries).isNotEmpty();
    assertThat(found(entries.toString())).isEmpty();
  }

  @Test
  void this_test_would_see_a_secret() {
    String secret = Secrets.note("0seen-if-it-were-logged-" + System.nanoTime());

    assertThat(found("a line\nthe code is " + secret + "!\n")).hasSize(1);
  }
}
