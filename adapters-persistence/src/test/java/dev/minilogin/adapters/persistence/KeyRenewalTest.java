package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.minilogin.adapters.persistence.keys.KeyRenewal;
import dev.minilogin.adapters.persistence.keys.KeyReport;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings.Binding;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Everything that is kept under keys moves to the keys in use, on a schema for each test. */
class KeyRenewalTest {
  private final Schema schema = TestDatabase.get().freshSchema();
  private final Sql sql = new Sql(schema);
  private final List<Instance> instances = new ArrayList<>();
  private final Instant now = Sample.now();
  private final MiniProgram app = withPushes(Sample.miniProgram());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** A person with all that is kept of one. */
  private record Person(
      OpenId openId, UserId user, BoundPhone phone, List<SessionKey> keys, SessionToken token) {}

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
    instances.forEach(Instance::close);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.minilogin.adapters.persistence");
  }

  @Test
  void everything_that_is_kept_moves_to_the_keys_in_use_and_the_old_ones_may_go()
      throws SQLException {
    Instance first = start(Instance.keys(1));
    List<Person> people = populate(first, 3);
    assertThat(report(first))
        .containsExactly(
            "sealing.1: 22 values (access_tokens.token 1, audit_keys.sealed_key 1,"
                + " mini_programs.push_key 1, mini_programs.push_key_2 1,"
                + " mini_programs.push_token 1, mini_programs.sealed_secret 1,"
                + " mini_programs.sealed_secret_2 1, push_inbox.event 3,"
                + " users.phone 3, wechat_identities.session_key 3,"
                + " wechat_identities.session_key_2 3, wechat_identities.session_key_3 3)"
                + "; in use",
            "pepper.1: 10 values (access_tokens.token_mac 1, push_inbox.person_mac 3,"
                + " users.phone_mac 3, wechat_identities.session_key_mac 3); in use");

    Instance rotated = start(Instance.keys(2));
    assertThat(renewAll(rotated)).isPositive();
    assertThat(report(rotated))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("sealing.1: 0 values; another instance had it"),
            line -> assertThat(line).startsWith("sealing.2: 22 values").endsWith("in use"),
            line -> assertThat(line).startsWith("pepper.1: 0 values; another instance had it"),
            line -> assertThat(line).startsWith("pepper.2: 10 values").endsWith("in use"));

    timePasses();
    assertThat(report(rotated))
        .contains("sealing.1: 0 values; may be removed")
        .anyMatch(
            line -> line.startsWith("pepper.1: 0 values; needed by at most 9 sessions, until 20"));
    sql.execute("UPDATE sessions SET absolute_expires_at = 1 WHERE id > X'00'");
    assertThat(report(rotated)).contains("pepper.1: 0 values; may be removed");

    Instance alone = start(Instance.secondKeys());
    assertThat(alone.ports().miniPrograms().find(app.appId())).contains(app);
    assertThat(alone.ports().accessTokens().find(app.appId()).token()).isPresent();
    people.forEach(person -> assertAllThere(alone, person));
    renewAll(alone);
    assertThat(report(alone))
        .as("nothing is lost, and the old keys are forgotten")
        .satisfiesExactly(
            line -> assertThat(line).startsWith("sealing.2: "),
            line -> assertThat(line).startsWith("pepper.2: "));
    assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.WARN));
  }

  @Test
  void every_sealed_column_of_the_schema_is_renewed() throws SQLException {
    Instance first = start(Instance.keys(1));
    populate(first, 1);
    Set<String> sealed = new TreeSet<>();
    for (String column :
        sql.lines(
            "SELECT CONCAT(table_name, '.', column_name) FROM information_schema.columns"
                + " WHERE table_schema = DATABASE()"
                + " AND (data_type = 'varbinary' OR column_comment LIKE 'sealed%')")) {
      sealed.add(column);
    }
    // Under a key that only the client has; and numbers that nobody need hide.
    sealed.remove("sessions.sealed_answer");
    sealed.remove("rate_limits.state");
    assertThat(report(first).getFirst().replaceAll(".*\\((.*)\\).*", "$1").split(" \\d+(, )?"))
        .containsExactlyInAnyOrderElementsOf(sealed);
  }

  @Test
  void an_identity_whose_session_keys_are_erased_keeps_nothing_from_being_renewed() {
    Instance first = start(Instance.keys(1));
    List<Person> people = populate(first, 2);
    first
        .ports()
        .retention()
        .purge(Expiry.SESSION_KEYS, now.plus(Duration.ofDays(4)), people.size() - 1);
    Instance rotated = start(Instance.keys(2));
    renewAll(rotated);
    assertThat(report(rotated))
        .anyMatch(line -> line.startsWith("sealing.1: 0 values"))
        .anyMatch(line -> line.contains("wechat_identities.session_key 1,"));
    assertThat(warnings()).isEmpty();
  }

  @Test
  void an_instance_that_is_stopped_is_followed_by_another_one() {
    populate(start(Instance.keys(1)), 4);
    Instance stopped = start(Instance.keys(2));
    assertThat(stopped.context().getBean(KeyRenewal.class).renewSome()).isPositive();
    Instance next = start(Instance.keys(2));
    renewAll(next);
    assertThat(report(next)).anyMatch(line -> line.startsWith("sealing.1: 0 values"));
  }

  @Test
  void keys_that_are_not_in_use_here_are_left_to_those_who_use_them() {
    Instance staged = start(Instance.stagedKeys());
    Instance switched = start(Instance.keys(2));
    Person old = person(staged, Sample.openId());
    Person young = person(switched, Sample.openId());
    assertThat(renewAll(staged)).isZero();
    assertThat(report(staged))
        .anyMatch(line -> line.matches("sealing.2: \\d+ values .*; another instance had it.*"));
    for (Instance instance : List.of(staged, switched)) {
      for (Person person : List.of(old, young)) {
        assertThat(instance.ports().sessions().find(person.token())).isPresent();
        assertAllThere(instance, person);
      }
    }
    assertThat(
            staged
                .ports()
                .phoneBindings()
                .bind(old.user(), Tenant.DEFAULT, young.phone(), false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
  }

  @Test
  void a_number_that_two_users_got_under_two_peppers_is_left_to_the_later_one() {
    Instance first = start(Instance.keys(1));
    Instance other = start(Instance.secondKeys());
    BoundPhone early = new BoundPhone(Sample.phoneNumber(), now);
    BoundPhone late = new BoundPhone(early.number(), now.plusSeconds(1));
    UserId loser = newUser(first);
    UserId winner = newUser(other);
    bind(other, winner, late);
    bind(first, loser, early);
    Instance rotated = start(Instance.keys(2));
    renewAll(rotated);
    assertThat(rotated.ports().users().find(loser).orElseThrow().phone()).isEmpty();
    assertThat(rotated.ports().users().find(winner).orElseThrow().phone()).contains(late);
    assertThat(warnings())
        .filteredOn(warning -> warning.contains("phone number"))
        .singleElement()
        .asString()
        .contains(loser.toString())
        .doesNotContain(early.number().national());
  }

  @Test
  void what_stands_under_a_destroyed_key_is_counted_and_nothing_else_breaks() throws SQLException {
    Instance first = start(Instance.keys(1));
    List<Person> people = populate(first, 2);
    Instance without = start(Instance.keysWithoutTheFirst());
    renewAll(without);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("sealing.1", "users.phone 2", "wechat_identities.session_key 2");
    timePasses();
    assertThat(report(without))
        .anyMatch(line -> line.matches("sealing.1: \\d+ values .*; not in the key ring: they .*"));
    for (Person person : people) {
      assertThat(without.ports().sessions().find(person.token())).isPresent();
      assertThat(without.ports().users().find(person.user()).orElseThrow().phone()).isEmpty();
      BoundPhone again = new BoundPhone(person.phone().number(), now.plusSeconds(9));
      bind(without, person.user(), again);
    }
    assertThat(report(without)).anyMatch(line -> line.contains("users.phone 2") && in(line, 2));

    AccessTokens tokens = without.ports().accessTokens();
    assertThat(tokens.find(app.appId()).token()).isEmpty();
    assertThat(tokens.lease(app.appId(), Sample.uuid(), Optional.empty(), now, now.plusSeconds(9)))
        .as("another one can be fetched")
        .isTrue();
  }

  @Test
  void hashes_under_a_pepper_that_is_gone_are_made_anew_of_what_is_sealed() throws SQLException {
    Instance first = start(Instance.keys(1));
    Person person = person(first, Sample.openId());
    sql.execute("UPDATE users SET phone_mac = REVERSE(phone_mac) WHERE phone_mac IS NOT NULL");
    Instance second = start(Instance.keys(2));
    sql.execute("INSERT INTO key_uses (purpose, key_number, last_used_at) VALUES ('pepper', 0, 1)");
    renewAll(second);
    assertThat(
            second
                .ports()
                .phoneBindings()
                .bind(newUser(second), Tenant.DEFAULT, person.phone(), false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
    assertThat(sql.number("SELECT COUNT(*) FROM key_uses WHERE key_number = 0")).isZero();
  }

  @Test
  void a_ciphertext_that_was_moved_to_another_row_opens_nowhere_and_is_told() throws SQLException {
    Instance first = start(Instance.keys(1));
    Person robbed = person(first, Sample.openId());
    Person thief = person(first, Sample.openId());
    sql.execute(
        "UPDATE users t JOIN users r ON r.id = X'"
            + hex(robbed.user())
            + "' SET t.phone = r.phone WHERE t.id = X'"
            + hex(thief.user())
            + "'",
        "UPDATE wechat_identities t JOIN wechat_identities r ON r.openid = '"
            + robbed.openId().value()
            + "' SET t.session_key = r.session_key, t.session_key_2 = r.session_key_2,"
            + " t.session_key_3 = r.session_key_3 WHERE t.openid = '"
            + thief.openId().value()
            + "'");
    assertThat(first.ports().users().find(thief.user()).orElseThrow().phone()).isEmpty();
    assertThat(
            first
                .ports()
                .identities()
                .find(app.appId(), thief.openId())
                .orElseThrow()
                .sessionKeys())
        .isEmpty();
    assertAllThere(first, robbed);
    assertThat(report(first))
        .last()
        .asString()
        .contains("can't be opened though their key is there: users.phone 1");
    log.list.clear();
    renewAll(start(Instance.keys(2)));
    assertThat(warnings()).singleElement().asString().contains("users.phone 1");
  }

  @Test
  void a_newer_key_that_others_use_and_this_instance_lacks_is_told_at_its_start() {
    start(Instance.keys(2));
    assertThat(warnings()).isEmpty();
    start(Instance.keys(1));
    assertThat(warnings())
        .containsExactly(
            "other instances use sealing keys that this key ring lacks: [2]; give all instances a"
                + " new key before any uses it",
            "other instances use pepper keys that this key ring lacks: [2]; give all instances a"
                + " new key before any uses it");
  }

  /**
   * Two instances seal anew, a third one still writes under the old keys, and people log in, read
   * and bind at all of them: nothing fails to open, nothing is lost.
   */
  @Test
  void keys_change_under_traffic_and_nothing_fails_to_open() {
    Instance staged = start(Instance.stagedKeys());
    List<Person> people = populate(staged, 40);
    List<Instance> all = List.of(staged, start(Instance.keys(2)), start(Instance.keys(2)));
    Map<UserId, BoundPhone> phones =
        new ConcurrentHashMap<>(
            people.stream().collect(Collectors.toMap(Person::user, Person::phone)));
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicBoolean renewed = new AtomicBoolean();
    AtomicInteger rounds = new AtomicInteger();
    AtOnce.run(
        6,
        worker -> {
          if (worker < 2) {
            // Until the old keys are only written by the one who has them in use.
            for (int sweep = 0; sweep < 5; sweep++) {
              renewAll(all.get(1 + worker));
            }
            renewed.set(true);
            return null;
          }
          Random random = new Random(worker);
          do {
            // Each worker has people of its own, so that it knows what must be there.
            Person person = people.get(random.nextInt(10) * 4 + worker - 2);
            Instance instance = all.get(random.nextInt(3));
            wrong.addAll(
                switch (random.nextInt(4)) {
                  case 0 -> logIn(instance, person);
                  case 1 -> bindAgain(instance, person, phones);
                  default -> read(instance, person, phones);
                });
            rounds.incrementAndGet();
          } while (!renewed.get() || rounds.get() < 400);
          return null;
        });
    assertThat(wrong).isEmpty();
    assertThat(warnings()).isEmpty();

    staged.close();
    Instance last = start(Instance.keys(2));
    renewAll(last);
    assertThat(report(last))
        .anyMatch(line -> line.startsWith("sealing.1: 0 values"))
        .anyMatch(line -> line.startsWith("pepper.1: 0 values"));
    people.forEach(person -> assertThat(read(last, person, phones)).isEmpty());
  }

  private List<String> logIn(Instance at, Person person) {
    SessionKey key = Sample.sessionKey();
    Storage storage = at.ports();
    storage
        .logins()
        .record(Sample.newLogin(app, new WeChatIdentity(person.openId(), Optional.empty(), key)));
    List<SessionKey> kept =
        storage.identities().find(app.appId(), person.openId()).orElseThrow().sessionKeys();
    return kept.size() == 3 && kept.getFirst().equals(key)
        ? List.of()
        : List.of("session_keys of " + person.user());
  }

  private static List<String> bindAgain(
      Instance at, Person person, Map<UserId, BoundPhone> phones) {
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    Binding bound =
        at.ports()
            .phoneBindings()
            .bind(person.user(), Tenant.DEFAULT, phone, false, Optional.empty());
    phones.put(person.user(), phone);
    return bound instanceof Binding.Bound ? List.of() : List.of("binding of " + person.user());
  }

  private List<String> read(Instance at, Person person, Map<UserId, BoundPhone> phones) {
    Storage storage = at.ports();
    List<String> wrong = new ArrayList<>();
    Optional<BoundPhone> phone = storage.users().find(person.user()).orElseThrow().phone();
    if (!phone.equals(Optional.of(phones.get(person.user())))) {
      wrong.add("phone number of " + person.user());
    }
    if (storage.sessions().find(person.token()).isEmpty()) {
      wrong.add("session of " + person.user());
    }
    if (storage.accessTokens().find(app.appId()).token().isEmpty()) {
      wrong.add("access token");
    }
    if (storage.identities().find(app.appId(), person.openId()).orElseThrow().sessionKeys().size()
        != 3) {
      wrong.add("session_keys of " + person.user());
    }
    return wrong;
  }

  private List<Person> populate(Instance at, int people) {
    Storage storage = at.ports();
    storage.miniPrograms().save(app);
    UUID lease = Sample.uuid();
    storage.accessTokens().lease(app.appId(), lease, Optional.empty(), now, now.plusSeconds(9));
    storage
        .accessTokens()
        .renew(
            app.appId(),
            lease,
            new AccessTokens.Dated(Sample.accessToken(), now.plusSeconds(7200)),
            false,
            now);
    storage.auditLog().append(AuditEvent.of(AuditEvent.Kind.AUDIT_VERIFIED, Actor.SYSTEM, now));
    List<Person> populated = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      populated.add(person(at, Sample.openId()));
    }
    return populated;
  }

  private Person person(Instance at, OpenId openId) {
    Storage storage = at.ports();
    List<SessionKey> keys = new ArrayList<>();
    NewLogin login = null;
    for (int i = 0; i < 3; i++) {
      SessionKey key = Sample.sessionKey();
      keys.addFirst(key);
      login = Sample.newLogin(app, new WeChatIdentity(openId, Optional.empty(), key));
      storage.logins().record(login);
    }
    UserId user = storage.identities().find(app.appId(), openId).orElseThrow().userId();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), now);
    bind(at, user, phone);
    Map<String, String> fields =
        Map.of("MsgType", "text", "MsgId", Sample.text(12), "FromUserName", openId.value());
    storage.pushInbox().accept(new Push(Sample.uuid(), app.appId(), new PushEvent(fields), now, 0));
    return new Person(openId, user, phone, keys, login.token());
  }

  /** What is kept of a person opens, and is found by its hash. */
  private void assertAllThere(Instance at, Person person) {
    Storage storage = at.ports();
    assertThat(storage.users().find(person.user()).orElseThrow().phone()).contains(person.phone());
    assertThat(
            storage
                .phoneBindings()
                .bind(newUser(at), Tenant.DEFAULT, person.phone(), false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
    assertThat(storage.identities().find(app.appId(), person.openId()).orElseThrow().sessionKeys())
        .isEqualTo(person.keys());
    storage.identities().keep(app.appId(), person.openId(), person.keys().getFirst(), now);
    assertThat(storage.identities().find(app.appId(), person.openId()).orElseThrow().sessionKeys())
        .as("the newest is known again")
        .isEqualTo(person.keys());
  }

  private UserId newUser(Instance at) {
    return at.ports().logins().record(Sample.newLogin(app, Sample.identity())).user().id();
  }

  private static void bind(Instance at, UserId user, BoundPhone phone) {
    assertThat(
            at.ports().phoneBindings().bind(user, Tenant.DEFAULT, phone, false, Optional.empty()))
        .isInstanceOf(Binding.Bound.class);
  }

  private Instance start(KeyRing keys) {
    Instance instance = Instance.start(schema, "", 6, keys);
    instances.add(instance);
    return instance;
  }

  /**
   * What the worker does, as often as it has something to do.
   *
   * @return how many rows were looked at
   */
  private static int renewAll(Instance at) {
    KeyRenewal renewal = at.context().createBean(KeyRenewal.class);
    int looked = 0;
    for (int sweep = 0; sweep < 3; sweep++) {
      for (int rows = renewal.renewSome(); rows > 0; rows = renewal.renewSome()) {
        looked += rows;
      }
    }
    return looked;
  }

  private static List<String> report(Instance at) {
    return at.context().getBean(KeyReport.class).lines();
  }

  private static boolean in(String line, int sealingKey) {
    return line.startsWith("sealing." + sealingKey + ":");
  }

  /** The old keys were last noted five minutes before the last login, by who isn't there now. */
  private void timePasses() throws SQLException {
    sql.execute(
        "UPDATE key_uses SET last_used_at = (SELECT MAX(created_at) FROM sessions) + 50 - 300000"
            + " WHERE key_number = 1");
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static String hex(UserId user) {
    return HexFormat.of().formatHex(Binary.of(user.value()));
  }

  private static MiniProgram withPushes(MiniProgram app) {
    return new MiniProgram(
        app.appId(),
        new AppSecrets(
            app.secrets().current(), Optional.of(Sample.miniProgram().secrets().current())),
        app.enabled(),
        app.lifetimes(),
        app.policies(),
        Optional.of(
            new PushSettings(
                PushSettings.Mode.SECURE,
                PushSettings.Format.JSON,
                Sample.pushToken(),
                List.of(Sample.pushKey(), Sample.pushKey()))));
  }
}
