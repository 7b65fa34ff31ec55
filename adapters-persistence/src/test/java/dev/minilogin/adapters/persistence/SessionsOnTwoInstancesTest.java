package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.minilogin.adapters.persistence.revocation.Feeds;
import dev.minilogin.adapters.persistence.revocation.Revocations;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings.Binding;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session that one instance ends is over at the other, which has it in its memory. */
class SessionsOnTwoInstancesTest {
  /** The promise is five seconds; a machine that does much else may not keep it. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();

  private static Schema schema;
  private static Sql sql;
  private static Instance first;
  private static Instance second;
  private static MiniProgram app;

  private final Storage a = first.ports();
  private final Storage b = second.ports();

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    first = Instance.start(schema).patient();
    second = Instance.startWith(schema, METERS).patient();
    app = Sample.miniProgram();
    first.ports().miniPrograms().save(app);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  /** What ends a session. */
  enum End {
    ITSELF {
      @Override
      void of(Recorded login, Storage at) {
        assertThat(
                at.sessions()
                    .end(login.user().id(), login.session().id(), now(), EndReason.REVOKED))
            .isTrue();
      }
    },
    FROM_ANOTHER {
      @Override
      void of(Recorded login, Storage at) {
        assertThat(at.sessions().endOthers(login.user().id(), Sample.sessionId(), now())).isOne();
      }
    },
    WITH_ALL {
      @Override
      void of(Recorded login, Storage at) {
        assertThat(at.sessions().endAll(login.user().id(), Actor.operator("ann"), now())).isTrue();
      }
    },
    WITH_ITS_FAMILY {
      @Override
      void of(Recorded login, Storage at) {
        assertThat(at.sessions().endFamily(login.session(), now())).isOne();
      }
    },
    BY_A_NEW_TOKEN {
      @Override
      void of(Recorded login, Storage at) {
        assertThat(bind(at, login)).isInstanceOf(Binding.Bound.class);
      }
    },
    WITH_THE_ACCOUNT {
      @Override
      void of(Recorded login, Storage at) {
        Push push =
            new Push(
                Sample.uuid(), app.appId(), new PushEvent(Map.of("id", Sample.text(9))), now(), 0);
        assertThat(at.pushInbox().accept(push)).isTrue();
        assertThat(
                at.pushInbox()
                    .settle(push.id(), new PushEffect.EraseAccount(login.user().id()), now()))
            .isTrue();
      }
    };

    abstract void of(Recorded login, Storage at);
  }

  @ParameterizedTest
  @EnumSource
  void what_one_ends_is_over_at_the_other_in_a_moment(End end) {
    Recorded login = logIn(a, newLogin());
    remember(second, login.token());
    end.of(login, a);
    await().atMost(LONGEST).until(() -> isOver(b, login.token()));
  }

  @ParameterizedTest
  @EnumSource
  void what_one_ends_is_over_there_at_once(End end) {
    Recorded login = logIn(b, newLogin());
    remember(second, login.token());
    end.of(login, b);
    assertThat(isOver(b, login.token())).isTrue();
  }

  @Test
  void a_session_that_is_replaced_at_one_ends_at_the_other_with_its_tail() {
    WeChatIdentity person = Sample.identity();
    Device device = Sample.device();
    Instant past = now().minus(Session.TAIL);
    Recorded old = logIn(a, newLogin(app, person, device, past.minusSeconds(1)));
    remember(second, old.token());
    logIn(a, newLogin(app, person, device, past));
    await().atMost(LONGEST).until(() -> isOver(b, old.token()));
    assertThat(b.sessions().find(old.token()).orElseThrow().endedAt(now()))
        .contains(EndReason.REPLACED);
  }

  @Test
  void a_session_that_is_remembered_is_not_read() throws SQLException {
    Recorded login = logIn(a, newLogin());
    remember(second, login.token());
    sql.execute("UPDATE sessions SET model = 'x' WHERE id = " + id(login));
    double read = read();
    assertThat(b.sessions().find(login.token()).orElseThrow().session()).isEqualTo(login.session());
    assertThat(read()).isEqualTo(read);
    assertThat(b.sessions().findStored(login.token()).orElseThrow().session().device().model())
        .contains("x");
  }

  @Test
  void where_nothing_is_heard_nothing_is_remembered() {
    AtomicBoolean wasAsked = new AtomicBoolean();
    try (Instance deaf = Instance.startWith(schema, Feeds.deaf(wasAsked))) {
      Storage c = deaf.ports();
      for (End end : End.values()) {
        Recorded login = logIn(a, newLogin());
        for (int i = 0; i < 3; i++) {
          assertThat(isOver(c, login.token())).isFalse();
          Feeds.listen(deaf.context());
        }
        end.of(login, a);
        assertThat(isOver(c, login.token())).isTrue();
      }
      assertThat(wasAsked).isTrue();
    }
  }

  @Test
  void where_the_database_does_not_answer_nobody_is_in_and_nobody_is_out() {
    Recorded login = logIn(a, newLogin());
    AtomicBoolean wasAsked = new AtomicBoolean();
    try (Instance cut = Instance.startWith(schema, Feeds.deaf(wasAsked))) {
      assertThat(isOver(cut.ports(), login.token())).isFalse();
      cut.disconnect();
      assertThatExceptionOfType(StorageUnavailable.class)
          .isThrownBy(() -> cut.ports().sessions().find(login.token()));
    }
  }

  @Test
  void a_restart_revives_nothing_and_loses_nothing() {
    List<Recorded> logins = Stream.generate(() -> logIn(a, newLogin())).limit(40).toList();
    try (Instance before = Instance.start(schema)) {
      logins.forEach(login -> remember(before, login.token()));
      IntStream.range(0, logins.size())
          .filter(i -> i % 2 == 0)
          .forEach(i -> End.values()[i / 2 % 5].of(logins.get(i), before.ports()));
    }
    try (Instance after = Instance.start(schema)) {
      for (int i = 0; i < logins.size(); i++) {
        assertThat(isOver(after.ports(), logins.get(i).token())).isEqualTo(i % 2 == 0);
      }
    }
  }

  @Test
  void many_who_use_a_session_at_once_write_once_and_never_revive_it() throws SQLException {
    for (int round = 0; round < 20; round++) {
      Recorded login = logIn(b, newLogin());
      SessionToken token = login.token();
      remember(second, token);
      Instant use = login.session().createdAt().plus(Duration.ofMinutes(10));
      long before = updates();
      List<Boolean> written = AtOnce.run(50, i -> use(b, token, use.plusMillis(i)));
      assertThat(updates() - before).isOne();
      assertThat(written).containsOnlyOnce(true);

      Instant next = use.plus(Duration.ofMinutes(20));
      AtOnce.run(
          50,
          i ->
              i == 25
                  ? a.sessions()
                      .end(login.user().id(), login.session().id(), now(), EndReason.REVOKED)
                  : use(i % 2 == 0 ? a : b, token, next.plusMillis(i)));
      for (Storage at : List.of(a, b)) {
        assertThat(use(at, token, next.plus(Duration.ofMinutes(20)))).isFalse();
        assertThat(at.sessions().findStored(token).orElseThrow().endedAt(now()))
            .contains(EndReason.REVOKED);
      }
    }
  }

  @Test
  void logins_of_one_user_in_two_mini_programs_at_both_never_have_more_sessions_than_allowed() {
    MiniProgram here = Sample.miniProgram(3);
    MiniProgram there = Sample.miniProgram(3);
    a.miniPrograms().save(here);
    a.miniPrograms().save(there);
    UnionId unionId = Sample.unionId();
    WeChatIdentity one = Sample.identity(Sample.openId(), unionId);
    WeChatIdentity other = Sample.identity(Sample.openId(), unionId);
    UserId user = logIn(a, newLogin(here, one, Sample.device(), now())).user().id();
    logIn(a, newLogin(there, other, Sample.device(), now()));
    for (int round = 0; round < 3; round++) {
      List<Integer> sessions =
          AtOnce.run(
              8,
              i -> {
                Storage at = i % 2 == 0 ? a : b;
                logIn(
                    at,
                    i % 4 < 2
                        ? newLogin(here, one, Sample.device(), now())
                        : newLogin(there, other, Sample.device(), now()));
                return at.sessions().ofUser(user, now()).size();
              });
      assertThat(sessions).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(3));
      assertThat(a.sessions().ofUser(user, now())).hasSize(3);
    }
  }

  @Test
  void of_two_who_bind_at_once_with_one_token_one_gets_the_only_one_that_lives() {
    for (int round = 0; round < 50; round++) {
      Recorded login = logIn(a, newLogin());
      remember(first, login.token());
      remember(second, login.token());
      List<Binding> bindings = AtOnce.run(2, i -> bind(i == 0 ? a : b, login));
      assertThat(bindings).filteredOn(Binding.Bound.class::isInstance).hasSize(1);
      assertThat(bindings).filteredOn(Binding.SessionOver.class::isInstance).hasSize(1);
      Session renewed =
          bindings.stream()
              .filter(Binding.Bound.class::isInstance)
              .map(bound -> ((Binding.Bound) bound).renewed().orElseThrow())
              .findFirst()
              .orElseThrow();
      assertThat(a.sessions().ofUser(login.user().id(), now())).containsExactly(renewed);
      for (Instance instance : List.of(first, second)) {
        Feeds.listen(instance.context());
        assertThat(isOver(instance.ports(), login.token())).isTrue();
      }
    }
  }

  @Test
  void a_revocation_is_of_the_transaction_that_it_is_told_in() throws SQLException {
    UserId user = Sample.userId();
    String count =
        "SELECT COUNT(*) FROM revocations WHERE user_id = X'"
            + HexFormat.of().formatHex(Binary.of(user.value()))
            + "'";
    Revocations revocations = first.context().getBean(Revocations.class);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                first
                    .storage()
                    .transaction(
                        "revoking",
                        () -> {
                          revocations.of(user);
                          throw new IllegalStateException("not this time");
                        }));
    assertThat(sql.number(count)).isZero();
    first
        .storage()
        .transaction(
            "revoking",
            () -> {
              revocations.of(user);
              return user;
            });
    assertThat(sql.number(count)).isOne();
  }

  @Test
  void old_revocations_are_deleted_and_young_ones_stay() throws SQLException {
    String age = "CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) - revoked_at";
    String old = "SELECT COUNT(*) FROM revocations WHERE " + age + " > 600000";
    String young = "SELECT COUNT(*) FROM revocations WHERE " + age + " < 590000";
    Stream.generate(() -> logIn(a, newLogin())).limit(5).forEach(login -> End.ITSELF.of(login, a));
    long kept = sql.number(young);
    assertThat(kept).isGreaterThanOrEqualTo(5);
    sql.execute(
        "INSERT INTO revocations SELECT id, CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED) - 600001,"
            + " user_id FROM sessions");
    Feeds.purge(first.context());
    assertThat(sql.number(old)).isZero();
    assertThat(sql.number(young)).isEqualTo(kept);
  }

  /** Has an instance find a session until it does so without reading it. */
  private static void remember(Instance instance, SessionToken token) {
    Storage at = instance.ports();
    assertThat(isOver(at, token)).isFalse();
    Feeds.listen(instance.context());
    assertThat(isOver(at, token)).isFalse();
  }

  private static boolean isOver(Storage at, SessionToken token) {
    return at.sessions().find(token).orElseThrow().endedAt(now()).isPresent();
  }

  private static boolean use(Storage at, SessionToken token, Instant when) {
    Sessions.Held held = at.sessions().find(token).orElseThrow();
    return held.endedAt(now()).isEmpty()
        && held.session().slidesAt(when, app.lifetimes())
        && at.sessions().slide(held.session(), held.session().usedAt(when, app.lifetimes()));
  }

  private static Binding bind(Storage at, Recorded login) {
    Rotation rotation =
        new Rotation(
            login.session(), Sample.sessionId(), Sample.token(), SessionLifetimes.DEFAULT, now());
    return at.phoneBindings()
        .bind(
            login.user().id(),
            Tenant.DEFAULT,
            new BoundPhone(Sample.phoneNumber(), now()),
            false,
            Optional.of(rotation));
  }

  private static double read() {
    return METERS.get("mini_login.session.reads").tag("source", "database").counter().count();
  }

  private static long updates() throws SQLException {
    return Long.parseLong(
        sql.lines("SHOW GLOBAL STATUS LIKE 'Com_update'").getFirst().split(" ")[1]);
  }

  private static Recorded logIn(Storage at, NewLogin login) {
    assertThat(at.logins().claim(login.claim(), login.at())).isTrue();
    return at.logins().record(login);
  }

  private static NewLogin newLogin() {
    return newLogin(app, Sample.identity(), Sample.device(), now());
  }

  private static NewLogin newLogin(
      MiniProgram app, WeChatIdentity identity, Device device, Instant at) {
    return Sample.newLogin(app, identity, device, Optional.empty(), at);
  }

  private static Instant now() {
    return Sample.now();
  }

  private static String id(Recorded login) {
    return "X'" + HexFormat.of().formatHex(Binary.of(login.session().id().value())) + "'";
  }
}
