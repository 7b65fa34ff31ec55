package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.simulator.platform.OpenData;
import dev.minilogin.simulator.push.PushEvent;
import dev.minilogin.simulator.wire.WireEntry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  private static final Pattern EVENT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z [A-Z]{4,5} +(-|[0-9a-f]{32}) \\S+"
              + " - ");

  /** What {@code Throwable} prints: the name of a class, without a blank before the colon. */
  private static final Pattern STACK =
      Pattern.compile(
          "\\t*(at |\\.\\.\\. \\d+ common frames|((Suppressed|Caused by): )?[\\w$]+([.][\\w$]+)+(:"
              + " |$))");

  /** What workers ask WeChat is left out: tests have it asked on threads of their own. */
  private static final Pattern UNTRACED =
      Pattern.compile(
          "\\S+ \\S+ +- d(ev)?\\.m(inilogin)?\\.a(dapters)?\\.(web|wechat|media)\\."
              + "(?!\\S+ - (msgSecCheck|mediaCheckAsync) )");

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
    token =
        client
            .bindPhone(token, stage.weChat.phoneCode(Stage.APP, person))
            .has(200)
            .json()
            .at("/session/token")
            .asText();
    client.bindPhone(token, Secrets.note("0junk-phone-code-" + System.nanoTime())).has(400);
    client.checkSessionKey(token).has(200);
    String plugin = Client.json("code", stage.weChat.pluginCode(Stage.APP, person));
    client.post(token, "/v1/me/plugin", plugin).has(200);
    String city = Secrets.noteTold("told-city-" + System.nanoTime());
    String nickname = Secrets.noteTold("told-" + System.nanoTime());
    client.patchMe(token, Client.json("nickname", nickname)).has(200);
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
  void no_log_has_a_secret() {
    assertThat(inLog(line -> line.contains(" DEBUG "))).as("lines at DEBUG").isPresent();
    assertThat(inLog(line -> line.contains("code2Session of"))).isPresent();
    try (Stream<String> log = LogOfEverything.lines()) {
      assertThat(Secrets.inLogs().lines(log)).isEmpty();
    }
  }

  @Test
  void nothing_else_that_is_printed_has_a_secret() {
    for (String path : List.of("/health", "/prometheus")) {
      LogOfEverything.alsoPrinted(path, stage.server.askManagement(path).body());
    }

    String printed = LogOfEverything.printed();

    assertThat(printed).contains("http_server_requests_seconds_count", "\"wechat\"");
    assertThat(Secrets.inLogs().lines(printed.lines())).isEmpty();
  }

  @Test
  void each_line_of_the_log_is_one_that_was_begun_for_an_event_or_its_stack_trace() {
    assertThat(inLog(line -> !EVENT.matcher(line).lookingAt() && !STACK.matcher(line).lookingAt()))
        .isEmpty();
  }

  @Test
  void what_is_logged_for_a_request_has_its_trace_id() {
    assertThat(inLog(line -> UNTRACED.matcher(line).lookingAt())).isEmpty();
  }

  /** The first such line. */
  private static Optional<String> inLog(Predicate<String> such) {
    try (Stream<String> log = LogOfEverything.lines()) {
      return log.filter(such).findFirst();
    }
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
    assertThat(Secrets.inLogs().lines(entries.toString().lines())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0seen-if+it/were logged-", "0seen-if-it-were-logged-"})
  void this_test_would_see_a_secret_in_all_its_forms(String start) {
    String secret = Secrets.note(start + System.nanoTime());
    byte[] bytes = ("{\"code\":\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8);
    HexFormat hex = HexFormat.of();

    for (String form :
        List.of(
            secret,
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(bytes, 1, bytes.length)),
            Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, 2, bytes.length)),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            hex.formatHex(bytes),
            hex.withUpperCase().formatHex(bytes))) {
      assertThat(Secrets.inLogs().lines(Stream.of("a line", "the code is " + form + "!")))
          .as(form)
          .hasSize(1)
          .noneMatch(line -> line.contains(form));
    }
  }

  @Test
  void this_test_would_see_what_nobody_noted() {
    SecureRandom random = new SecureRandom();
    byte[] key = new byte[16];
    random.nextBytes(key);

    for (String secret :
        List.of(
            "13800138000",
            "+8613800138000",
            "\"13800138000\"",
            SessionToken.mint(random).reveal(),
            "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
            Base64.getEncoder().encodeToString(key),
            "92_" + "aB3-_".repeat(26) + "xyz")) {
      assertThat(
              Secrets.inLogs()
                  .lines(Stream.of("a line", "called " + secret + ".", "at 1795378251234")))
          .as(secret)
          .hasSize(1);
    }
  }
}
