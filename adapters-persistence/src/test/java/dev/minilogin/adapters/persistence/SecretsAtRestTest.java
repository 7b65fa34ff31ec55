package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two people log in to two mini programs, again and again; then all tables are read. */
class SecretsAtRestTest {
  private record Person(MiniProgram app, OpenId openId, SessionKey latest) {}

  private static Instance instance;
  private static Sql sql;
  private static final List<byte[]> SECRETS = new ArrayList<>();
  private static final List<Person> PEOPLE = new ArrayList<>();
  private static final List<NewLogin> LOGINS = new ArrayList<>();

  @BeforeAll
  static void logIn() {
    TestDatabase.Schema schema = TestDatabase.get().freshSchema();
    instance = Instance.start(schema);
    sql = new Sql(schema);
    for (int app = 0; app < 2; app++) {
      MiniProgram miniProgram = Sample.miniProgram();
      instance.ports().miniPrograms().save(miniProgram);
      keep(miniProgram.secret().reveal());
      for (int person = 0; person < 2; person++) {
        logInAgainAndAgain(miniProgram, Sample.openId());
      }
    }
  }

  private static void logInAgainAndAgain(MiniProgram app, OpenId openId) {
    String installId = "install-" + Sample.text(22);
    SECRETS.addAll(Encodings.of(bytes(installId)));
    SessionKey latest = null;
    for (int i = 0; i < 4; i++) {
      latest = Sample.sessionKey();
      logIn(app, new WeChatIdentity(openId, Optional.of(Sample.unionId()), latest), installId);
    }
    PEOPLE.add(new Person(app, openId, latest));
  }

  private static void logIn(MiniProgram app, WeChatIdentity identity, String installId) {
    Logins logins = instance.ports().logins();
    LoginCode code = Sample.code();
    String idempotencyKey = "key-" + Sample.text(22);
    Device device =
        new Device(
            Optional.of(InstallHash.of(installId)),
            Optional.of("iPhone 15"),
            Optional.of("ios"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    NewLogin login =
        new NewLogin(
            LoginClaim.of(app.appId(), code),
            app,
            identity,
            Sample.userId(),
            Sample.sessionId(),
            Sample.token(),
            device,
            Optional.of(ResendKey.of(code, idempotencyKey)),
            Sample.now());
    logins.claim(login.claim(), login.at());
    logins.record(login);
    instance.ports().sessions().end(login.sessionId(), Sample.now(), EndReason.SIGNED_OUT);
    LOGINS.add(login);

    LoginCode refused = Sample.code();
    logins.claim(LoginClaim.of(app.appId(), refused), Sample.now());
    logins.fail(LoginClaim.of(app.appId(), refused), ExchangeFailure.CODE_INVALID);

    Stream.of(code, refused).map(LoginCode::reveal).forEach(SecretsAtRestTest::keep);
    keep(idempotencyKey);
    keep(login.token().reveal());
    keep(login.resendKey().orElseThrow().reveal());
    keep(identity.sessionKey().reveal());
  }

  /** A secret, also in the bytes that it encodes, and as a hash that needs no key of ours. */
  private static void keep(String secret) {
    SECRETS.addAll(Encodings.of(bytes(secret)));
    Encodings.decoded(secret).forEach(decoded -> SECRETS.addAll(Encodings.of(decoded)));
    SECRETS.addAll(Encodings.of(HexFormat.of().parseHex(Sha256.hex(secret))));
  }

  @AfterAll
  static void stop() {
    instance.close();
  }

  @Test
  void no_column_of_any_table_holds_a_secret_in_any_encoding() throws SQLException {
    assertThat(SECRETS).hasSizeGreaterThan(500);
    assertThat(columnsThatHoldOneOf(SECRETS)).isEmpty();
  }

  @Test
  void the_search_sees_what_is_there() throws SQLException {
    assertThat(columnsThatHoldOneOf(List.of(bytes(PEOPLE.getFirst().openId().value()))))
        .containsExactly("wechat_identities.openid");
    assertThat(
            columnsThatHoldOneOf(
                LOGINS.stream().map(login -> Binary.of(login.sessionId().value())).toList()))
        .containsExactly("sessions.id");
    List<byte[]> encodings = Encodings.of(bytes(LOGINS.getFirst().token().reveal()));
    for (byte[] encoding : encodings) {
      sql.execute(
          "CREATE TABLE planted (content VARBINARY(400))",
          "INSERT INTO planted VALUES (X'00" + HexFormat.of().formatHex(encoding) + "00')");
      assertThat(columnsThatHoldOneOf(SECRETS)).containsExactly("planted.content");
      sql.execute("DROP TABLE planted");
    }
  }

  @Test
  void a_session_key_opens_for_its_place_and_for_no_other() throws SQLException {
    assertThat(PEOPLE).hasSize(4);
    for (Person person : PEOPLE) {
      String place = "session_key " + person.app().appId() + ' ' + person.openId().value();
      Map<String, byte[]> row =
          sql.rows(
                  "SELECT session_key, session_key_2, session_key_3 FROM wechat_identities"
                      + (" WHERE openid = '" + person.openId().value() + "'"))
              .getFirst();
      assertThat(sealer().open(row.get("session_key"), place)).isEqualTo(person.latest().reveal());
      assertThat(row.values())
          .allSatisfy(
              column -> {
                assertThat(SECRETS).contains(bytes(sealer().open(column, place)));
                assertOpensOnlyAt(place, column);
              });
    }
  }

  @Test
  void an_app_secret_opens_for_its_mini_program_and_for_no_other() throws SQLException {
    List<Map<String, byte[]>> rows = sql.rows("SELECT app_id, sealed_secret FROM mini_programs");
    assertThat(rows).hasSize(2);
    for (Map<String, byte[]> row : rows) {
      String place = "AppSecret " + new String(row.get("app_id"));
      assertThat(SECRETS).contains(bytes(sealer().open(row.get("sealed_secret"), place)));
      assertOpensOnlyAt(place, row.get("sealed_secret"));
    }
  }

  @Test
  void the_answer_for_a_lost_one_opens_under_the_keys_of_its_request_only() throws SQLException {
    for (NewLogin login : LOGINS) {
      byte[] sealed =
          sql.rows("SELECT sealed_answer FROM sessions WHERE login_claim = X'" + claim(login) + "'")
              .getFirst()
              .get("sealed_answer");
      String place = "login answer " + claim(login);
      byte[] key = login.resendKey().orElseThrow().bytes();
      assertThat(new SessionToken(sealer().openWith(key, sealed, place))).isEqualTo(login.token());
      assertThatExceptionOfType(UnsealingFailed.class)
          .isThrownBy(() -> sealer().openWith(Sample.resendKey().bytes(), sealed, place));
      // Not even with the key ring.
      assertThatExceptionOfType(UnsealingFailed.class)
          .isThrownBy(() -> sealer().open(sealed, place));
      assertOpensOnlyAt(place, sealed);
    }
  }

  private static void assertOpensOnlyAt(String place, byte[] sealed) {
    assertThat(places())
        .contains(place)
        .filteredOn(other -> !other.equals(place))
        .hasSize(21)
        .allSatisfy(
            other ->
                assertThatExceptionOfType(UnsealingFailed.class)
                    .isThrownBy(() -> sealer().open(sealed, other)));
  }

  /** All places where something is sealed here. */
  private static List<String> places() {
    return Stream.of(
            PEOPLE.stream()
                .map(
                    person ->
                        "session_key " + person.app().appId() + ' ' + person.openId().value()),
            PEOPLE.stream().map(person -> "AppSecret " + person.app().appId()).distinct(),
            LOGINS.stream().map(login -> "login answer " + claim(login)))
        .flatMap(places -> places)
        .toList();
  }

  private static List<String> columnsThatHoldOneOf(List<byte[]> needles) throws SQLException {
    List<String> found = new ArrayList<>();
    for (String table : sql.tables()) {
      for (Map<String, byte[]> row : sql.rows("SELECT * FROM " + table)) {
        row.forEach(
            (column, content) -> {
              if (content != null
                  && needles.stream().anyMatch(n -> Encodings.holdsPart(content, n))) {
                found.add(table + '.' + column);
              }
            });
      }
    }
    return found.stream().distinct().toList();
  }

  private static Sealer sealer() {
    return instance.context().getBean(Sealer.class);
  }

  private static String claim(NewLogin login) {
    return HexFormat.of().formatHex(login.claim().bytes());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
