package dev.minilogin.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.platform.App;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What somebody gets who has a dump of the database, or may write to it, and has no key: nothing
 * that is accepted, and no secret. A thousand logins of people with phone numbers.
 */
class StolenDatabaseTest {
  private static final int LOGINS = Integer.getInteger("minilogin.test.logins", 1_000);
  private static final int REPLAYED_OF_A_COLUMN = 60;
  private static final String APP = "wx5555aaaa1111dddd";
  private static final String SECRET = "AppSecret-of-stolen-0123456789";

  private static final TestDatabase.Schema DATABASE = TestDatabase.get().freshSchema();
  private static final Leaks LEAKS = new Leaks();
  private static final List<String> TOKENS = new ArrayList<>();
  private static WeChatSimulator simulator;
  private static Server server;

  @BeforeAll
  static void logIn() {
    simulator = WeChatSimulator.start(Options.defaults().withApp(App.of(APP, SECRET)));
    server =
        Server.of(
                simulator.uri(),
                List.of(
                    Server.App.of(APP, SECRET).with("risk", "off").with("content-check", "false")))
            .on(DATABASE)
            .start();
    WeChat weChat = new WeChat(simulator);
    LEAKS.note(SECRET);
    for (int i = 0; i < LOGINS; i++) {
      String person = WeChat.somebody();
      String code = weChat.code(APP, person);
      String token = server.client().logIn(APP, code, "resend-key-" + code).has(201).token();
      if (i % 10 == 0) {
        Answer bound = server.client().bindPhone(token, weChat.phoneCode(APP, person)).has(200);
        token = bound.json().has("token") ? bound.json().get("token").asText() : token;
        LEAKS.note(weChat.phone(person));
      }
      TOKENS.add(token);
      LEAKS.note(token);
      LEAKS.note(code);
      LEAKS.note(simulator.sessionKey(APP, person).orElseThrow());
    }
    LEAKS.note(weChat.accessToken(APP, SECRET));
  }

  @AfterAll
  static void close() {
    server.close();
    simulator.close();
  }

  @Test
  void no_secret_stands_in_a_dump_in_any_form() {
    Dump.of(DATABASE)
        .tables()
        .forEach((table, content) -> assertThat(LEAKS.noted(content)).as(table).isEmpty());
  }

  @Test
  void this_test_would_see_a_secret() {
    byte[] token = TOKENS.getFirst().getBytes(StandardCharsets.UTF_8);
    for (String form :
        List.of(
            TOKENS.getFirst(),
            HexFormat.of().formatHex(token),
            Base64.getEncoder().encodeToString(token),
            Base64.getUrlEncoder().encodeToString(token))) {
      assertThat(LEAKS.noted("x" + form + "x")).as(form).isNotEmpty();
    }
  }

  @Test
  void no_value_of_32_bytes_is_a_token_in_any_form() {
    Set<String> columns = new TreeSet<>();
    for (String column :
        Dump.of(DATABASE)
            .column(
                "SELECT CONCAT(table_name, ' ', column_name) FROM information_schema.columns"
                    + " WHERE table_schema = DATABASE() AND data_type = 'binary'"
                    + " AND character_maximum_length = 32")) {
      String[] names = column.split(" ");
      for (byte[] value : values(names[0], names[1])) {
        columns.add(column);
        for (String bearer : forms(value)) {
          assertThat(server.client().check(bearer).status()).as(column).isEqualTo(401);
        }
      }
    }
    assertThat(columns)
        .contains("sessions token_mac", "users phone_mac", "wechat_identities session_key_mac");
  }

  @Test
  void a_token_whose_hash_without_a_key_was_planted_is_refused() throws GeneralSecurityException {
    String genuine = TOKENS.get(1);
    assertThat(server.client().check(genuine).status()).isEqualTo(200);
    SessionToken chosen = SessionToken.mint(new SecureRandom());
    byte[] text = chosen.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] purposed = ("token\n" + chosen.reveal()).getBytes(StandardCharsets.UTF_8);
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    Mac empty = Mac.getInstance("HmacSHA256");
    empty.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    for (byte[] planted :
        List.of(sha256.digest(text), sha256.digest(purposed), empty.doFinal(purposed))) {
      plant(planted);
      assertThat(server.client().check(chosen.reveal()).status()).isEqualTo(401);
    }
  }

  /** As a bearer could be written, and as a token of which they are the random bits. */
  private static List<String> forms(byte[] value) {
    SecureRandom fixed =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            System.arraycopy(value, 0, bytes, 0, bytes.length);
          }
        };
    return List.of(
        HexFormat.of().formatHex(value),
        Base64.getEncoder().encodeToString(value),
        Base64.getUrlEncoder().withoutPadding().encodeToString(value),
        SessionToken.mint(fixed).reveal());
  }

  private static List<byte[]> values(String table, String column) {
    try (Connection connection = DATABASE.connect();
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT DISTINCT `%s` FROM `%s` WHERE `%1$s` IS NOT NULL LIMIT %d"
                    .formatted(column, table, REPLAYED_OF_A_COLUMN));
        ResultSet rows = query.executeQuery()) {
      List<byte[]> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getBytes(1));
      }
      return values;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a hash in the place of that of a living session. */
  private static void plant(byte[] mac) {
    try (Connection connection = DATABASE.connect();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE sessions SET token_mac = ? WHERE revoked_at IS NULL LIMIT 1")) {
      update.setBytes(1, mac);
      assertThat(update.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
