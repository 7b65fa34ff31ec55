package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.push.PushEvent;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * After all other tests: of all the AppSecrets, session_keys, codes, tokens, access_tokens, push
 * keys, openids, unionids, phone numbers and decrypted data that they used, none is in what was
 * logged meanwhile at DEBUG, nor in the database in the clear, nor in the simulator's log of the
 * wire.
 *
 * <p>It comes last by {@link ClassOrderer.OrderAnnotation}, set for all in {@code
 * junit-platform.properties}.
 */
@Order(Integer.MAX_VALUE)
@ExtendWith(Stage.Given.class)
class NothingSecretIsLoggedTest {
  /** Numbers that no test noted, because the simulator made them up, too. */
  private static final Pattern PHONE =
      Pattern.compile("(?<![0-9A-Za-z])1[3-9]\\d{9}(?![0-9A-Za-z])");

  private final Stage stage;

  NothingSecretIsLoggedTest(Stage stage) {
    this.stage = stage;
    useEverything();
    for (String appId : List.of(Stage.APP, Stage.SISTER_APP, Stage.LONE_APP, Stage.REVIEWING_APP)) {
      stage.weChat.accessToken(appId, Stage.secret(appId));
    }
  }

  private void useEverything() {
    String person = WeChat.somebody();
    String token = stage.logIn(Stage.APP, person).token();
    Client client = stage.client;
    client.check(token).has(200);
    client.logIn(Stage.APP, Secrets.note("0junk-for-the-log-" + System.nanoTime())).has(400);
    client.bindPhone(token, stage.weChat.phoneCode(Stage.APP, person)).has(200);
    client.bindPhone(token, Secrets.note("0junk-phone-code-" + System.nanoTime())).has(400);
    client.checkSessionKey(token).has(200);
    String plugin = Client.json("code", stage.weChat.pluginCode(Stage.APP, person));
    client.post(token, "/v1/me/plugin", plugin).has(200);
    String city = Secrets.noteTold("told-city-" + System.nanoTime());
    OpenData data = stage.simulator.openData(Stage.APP, person, Client.json("city", city));
    client
        .post(
            token,
            "/v1/me/open-data",
            Client.json(
                "encryptedData", Secrets.note(data.encryptedData()), "iv", Secrets.note(data.iv())))
        .has(200);
    assertThat(stage.simulator.push(Stage.APP, PushEvent.userInfoModified(person)).accepted())
        .isTrue();
    stage.simulator.push(Stage.APP, PushEvent.userAuthorizationRevoke(person, "8"));
  }

  @Test
  void no_log_has_a_secret() throws IOException {
    String log = Files.readString(LogOfEverything.path(), StandardCharsets.UTF_8);

    assertThat(log).as("a log at DEBUG").contains(" DEBUG ", "code2Session of");
    assertThat(found(log)).isEmpty();
  }

  /** Lines of a text that have secrets, these masked; of one logger's lines the first. */
  private static Collection<String> found(String text) {
    Map<String, String> found = new TreeMap<>();
    Map<String, List<String>> secrets =
        Secrets.used().stream().collect(Collectors.groupingBy(secret -> start(secret, 0)));
    for (int i = 0; i + Secrets.SHORTEST <= text.length(); i++) {
      int at = i;
      if (secrets.getOrDefault(start(text, i), List.of()).stream()
          .anyMatch(secret -> text.startsWith(secret, at))) {
        String line =
            text.substring(text.lastIndexOf('\n', at) + 1, (text + '\n').indexOf('\n', at));
        found.putIfAbsent(logger(line), masked(line));
      }
    }
    text.lines()
        .filter(line -> PHONE.matcher(line).find())
        .forEach(line -> found.putIfAbsent(logger(line), masked(line)));
    return found.values();
  }

  private static String start(String text, int at) {
    return text.substring(at, at + Secrets.SHORTEST);
  }

  private static String logger(String line) {
    return masked(line).split(" - ", 2)[0].replaceFirst("^[0-9:.]+ ", "");
  }

  private static String masked(String text) {
    String masked = text;
    for (String secret : Secrets.used()) {
      masked = masked.replace(secret, secret.substring(0, 4) + "…");
    }
    return PHONE.matcher(masked).replaceAll("1…");
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
        assertThat(Secrets.hidden())
            .as("secrets in %s", table)
            .noneMatch(secret -> !personal.contains(secret) && content.contains(secret));
        assertThat(content).as("phone numbers in %s", table).doesNotContainPattern(PHONE);
      }
    }
    assertThat(tables)
        .contains(
            "mini_programs",
            "wechat_identities",
            "users",
            "sessions",
            "login_claims",
            "access_tokens",
            "push_inbox",
            "content_reviews");
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
    assertThat(found("a line\ncalled 13800138000.\nat 1795378251234\n")).hasSize(1);
  }
}
