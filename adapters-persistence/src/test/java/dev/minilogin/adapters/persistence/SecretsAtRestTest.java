package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two people log in to two mini programs, again and again, and bind their phone numbers; WeChat
 * gives access tokens and pushes. Then all tables are read.
 */
class SecretsAtRestTest {
  private record Person(
      MiniProgram app, OpenId openId, SessionKey latest, UserId userId, PhoneNumber phone) {}

  private static Instance instance;
  private static Sql sql;
  private static final List<byte[]> SECRETS = new ArrayList<>();
  private static final List<Person> PEOPLE = new ArrayList<>();
  private static final List<NewLogin> LOGINS = new ArrayList<>();
  private static final List<AccessTokens.Dated> ACCESS_TOKENS = new ArrayList<>();
  private static final List<Push> PUSHES = new ArrayList<>();

  @BeforeAll
  static void logIn() {
    TestDatabase.Schema schema = TestDatabase.get().freshSchema();
    instance = Instance.start(schema);
    sql = new Sql(schema);
    for (int app = 0; app < 2; app++) {
      MiniProgram miniProgram = withPushes(Sample.miniProgram());
      instance.ports().miniPrograms().save(miniProgram);
      keep(miniProgram.secrets().current().reveal());
      getAccessToken(miniProgram);
      for (int person = 0; person < 2; person++) {
        logInAgainAndAgain(miniProgram, Sample.openId());
      }
    }
  }

  private static MiniProgram withPushes(MiniProgram app) {
    PushSettings push =
        new PushSettings(
            PushSettings.Mode.SECURE,
            PushSettings.Format.JSON,
            Sample.pushToken(),
            List.of(Sample.pushKey(), Sample.pushKey()));
    keep(push.token().reveal());
    push.keys().forEach(key -> keep(key.reveal()));
    push.keys().forEach(key -> SECRETS.addAll(Encodings.of(key.bytes())));
    AppSecret other = Sample.miniProgram().secrets().current();
    keep(other.reveal());
    return new MiniProgram(
        app.appId(),
        new AppSecrets(app.secrets().current(), Optional.of(other)),
        app.enabled(),
        app.lifetimes(),
        app.policies(),
        Optional.of(push));
  }

  private static void getAccessToken(MiniProgram app) {
    AccessTokens tokens = instance.ports().accessTokens();
    UUID lease = Sample.uuid();
    Instant now = Sample.now();
    AccessTokens.Dated token =
        new AccessTokens.Dated(Sample.accessToken(), now.plus(Duration.ofHours(2)));
    assertThat(tokens.lease(app.appId(), lease, Optional.empty(), now, now.plusSeconds(9)))
        .isTrue();
    assertThat(tokens.renew(app.appId(), lease, token, false, now)).isTrue();
    keep(token.token().reveal());
    ACCESS_TOKENS.add(token);
  }

  private static void logInAgainAndAgain(MiniProgram app, OpenId openId) {
    String installId = "install-" + Sample.text(22);
    SECRETS.addAll(Encodings.of(bytes(installId)));
    SessionKey latest = null;
    for (int i = 0; i < 4; i++) {
      latest = Sample.sessionKey();
      logIn(app, new WeChatIdentity(openId, Optional.of(Sample.unionId()), latest), installId);
    }
    UserId userId = instance.ports().identities().find(app.appId(), openId).orElseThrow().userId();
    PhoneNumber phone = Sample.phoneNumber();
    bindPhone(userId, phone);
    getPush(app, openId);
    PEOPLE.add(new Person(app, openId, latest, userId, phone));
  }

  private static void bindPhone(UserId userId, PhoneNumber phone) {
    assertThat(
            instance
                .ports()
                .phoneBindings()
                .bind(
                    userId,
                    Tenant.DEFAULT,
                    new BoundPhone(phone, Sample.now()),
                    false,
                    Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
    keep(phone.reveal());
    keep(phone.countryCode() + phone.national());
    keep(phone.national());
  }

  private static void getPush(MiniProgram app, OpenId openId) {
    String content = "hello " + Sample.text(22);
    Push push =
        new Push(
            Sample.uuid(),
            app.appId(),
            new PushEvent(
                Map.of("MsgType", "text", "FromUserName", openId.value(), "Content", content)),
            Sample.now(),
            0);
    assertThat(instance.ports().pushInbox().accept(push)).isTrue();
    keep(content);
    keep(push.event().identity());
    PUSHES.add(push);
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
    UserId user = logins.record(login).user().id();
    instance.ports().sessions().end(user, login.sessionId(), Sample.now(), EndReason.SIGNED_OUT);
    LOGINS.add(login);

    LoginCode refused = Sample.code();
    logins.claim(LoginClaim.of(app.appId(), refused), Sample.now());
    logins.fail(LoginClaim.of(app.appId(), refused), WeChatFailure.CODE_INVALID);

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
    assertThat(sql.columnsThatHold(SECRETS)).isEmpty();
  }

  @Test
  void the_search_sees_what_is_there() throws SQLException {
    assertThat(sql.columnsThatHold(List.of(bytes(PEOPLE.getFirst().openId().value()))))
        .containsExactly("wechat_identities.openid");
    assertThat(
            sql.columnsThatHold(
                LOGINS.stream().map(login -> Binary.of(login.sessionId().value())).toList()))
        .containsExactly("audit_log.session_id", "sessions.id", "sessions.family");
    List<byte[]> encodings = Encodings.of(bytes(LOGINS.getFirst().token().reveal()));
    for (byte[] encoding : encodings) {
      sql.execute(
          "CREATE TABLE planted (content VARBINARY(400))",
          "INSERT INTO planted VALUES (X'00" + HexFormat.of().formatHex(encoding) + "00')");
      assertThat(sql.columnsThatHold(SECRETS)).containsExactly("planted.content");
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
  void a_phone_number_opens_for_its_user_and_for_no_other() throws SQLException {
    for (Person person : PEOPLE) {
      String place = "phone " + person.userId();
      byte[] phone = column("phone", "users WHERE id = X'" + hex(person.userId().value()) + "'");
      assertThat(sealer().open(phone, place)).isEqualTo("86 " + person.phone().national());
      assertOpensOnlyAt(place, phone);
    }
  }

  @Test
  void a_dump_has_no_digits_of_a_phone_number() throws SQLException {
    StringBuilder dump = new StringBuilder();
    for (String table : sql.tables()) {
      for (Map<String, byte[]> row : sql.rows("SELECT * FROM " + table)) {
        for (byte[] content : row.values()) {
          if (content != null) {
            dump.append(new String(content, StandardCharsets.ISO_8859_1)).append('\n');
          }
        }
      }
    }
    assertThat(dump).contains(PEOPLE.getFirst().openId().value());
    assertThat(PEOPLE)
        .allSatisfy(person -> assertThat(dump).doesNotContain(person.phone().national()));
  }

  @Test
  void access_tokens_and_what_makes_pushes_open_for_their_mini_program_and_for_no_other()
      throws SQLException {
    List<MiniProgram> apps = PEOPLE.stream().map(Person::app).distinct().toList();
    assertThat(apps).hasSize(2);
    for (MiniProgram app : apps) {
      String from = " WHERE app_id = '" + app.appId() + "'";
      byte[] accessToken = column("token", "access_tokens" + from);
      assertThat(ACCESS_TOKENS)
          .extracting(dated -> dated.token().reveal())
          .contains(sealer().open(accessToken, "access_token " + app.appId()));
      assertOpensOnlyAt("access_token " + app.appId(), accessToken);

      PushSettings push = app.push().orElseThrow();
      byte[] pushToken = column("push_token", "mini_programs" + from);
      assertThat(sealer().open(pushToken, "push token " + app.appId()))
          .isEqualTo(push.token().reveal());
      assertOpensOnlyAt("push token " + app.appId(), pushToken);
      byte[] key = column("push_key", "mini_programs" + from);
      byte[] older = column("push_key_2", "mini_programs" + from);
      for (byte[] sealed : List.of(key, older)) {
        assertThat(push.keys())
            .extracting(PushKey::reveal)
            .contains(sealer().open(sealed, "push key " + app.appId()));
        assertOpensOnlyAt("push key " + app.appId(), sealed);
      }
    }
  }

  @Test
  void a_push_opens_for_its_row_and_for_no_other() throws SQLException {
    assertThat(PUSHES).hasSize(4);
    for (Push push : PUSHES) {
      byte[] event = column("event", "push_inbox WHERE id = X'" + hex(push.id()) + "'");
      assertThat(sealer().open(event, "push " + push.id()))
          .contains(push.event().field("Content").orElseThrow());
      assertOpensOnlyAt("push " + push.id(), event);
    }
  }

  private static byte[] column(String name, String from) throws SQLException {
    return sql.rows("SELECT " + name + " FROM " + from).getFirst().get(name);
  }

  private static String hex(UUID id) {
    return HexFormat.of().formatHex(Binary.of(id));
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
        .hasSize(35)
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
            Stream.of("AppSecret ", "push token ", "push key ", "access_token ")
                .flatMap(what -> PEOPLE.stream().map(person -> what + person.app().appId()))
                .distinct(),
            PEOPLE.stream().map(person -> "phone " + person.userId()),
            PUSHES.stream().map(push -> "push " + push.id()),
            LOGINS.stream().map(login -> "login answer " + claim(login)))
        .flatMap(places -> places)
        .toList();
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
