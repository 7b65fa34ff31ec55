package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.phone.PhoneBindings.Binding;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.testing.Storage;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What was sealed under a key that the ring has lost. */
class LostKeyTest {
  private static Sql sql;
  private static Instance first;
  private static Instance later;
  private static MiniProgram app;

  private final Storage before = first.ports();
  private final Storage after = later.ports();
  private final Instant now = Sample.now();
  private final OpenId openId = Sample.openId();
  private final BoundPhone phone = new BoundPhone(Sample.phoneNumber(), now);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() {
    Schema schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    first = Instance.start(schema);
    later = Instance.start(schema, "", 4, Instance.keysWithoutTheFirst());
    app = Sample.miniProgram();
    first.ports().miniPrograms().save(app);
  }

  @AfterAll
  static void stop() {
    first.close();
    later.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger("dev.minilogin.adapters.persistence");
  }

  @Test
  void an_identity_comes_without_the_session_keys_that_are_lost() {
    SessionKey lost = Sample.sessionKey();
    UserId user = logIn(before, lost);
    Identity expected = new Identity(app.appId(), openId, user, List.of());
    assertThat(after.identities().find(app.appId(), openId)).contains(expected);
    assertWarnedOf(user, lost.reveal());
    assertThat(after.identities().find(user, app.appId())).contains(expected);
    assertWarnedOf(user, lost.reveal());
  }

  @Test
  void session_keys_that_come_later_are_there_and_the_warning_comes_once_for_all_that_are_lost() {
    SessionKey lost = Sample.sessionKey();
    logIn(before, lost);
    UserId user = logIn(before, Sample.sessionKey());
    SessionKey fresh = Sample.sessionKey();
    assertThat(logIn(after, fresh)).isEqualTo(user);
    assertThat(log.list).isEmpty();
    assertThat(after.identities().find(app.appId(), openId).orElseThrow().sessionKeys())
        .containsExactly(fresh);
    assertWarnedOf(user, lost.reveal(), fresh.reveal());
    assertThat(before.identities().find(app.appId(), openId).orElseThrow().sessionKeys())
        .as("the other way round, the newest is lost")
        .hasSize(2)
        .contains(lost);
  }

  @Test
  void a_user_whose_phone_number_is_lost_has_none_and_everything_else() {
    UserId user = boundBefore();
    User known = before.users().find(user).orElseThrow();
    assertThat(after.users().find(user)).contains(withoutPhone(known));
    assertWarnedOf(user, phone.number().national());

    ProfileChange city = new ProfileChange(Map.of(ProfileField.CITY, Optional.of("Shenzhen")));
    assertThat(after.users().changeProfile(user, city, Profile.Source.USER, now)).isPresent();
    assertThat(before.users().find(user).orElseThrow().phone())
        .as("who has the key still reads it")
        .contains(phone);
  }

  @Test
  void a_lost_phone_number_is_bound_anew_by_its_user_and_nobody_else_gets_it() {
    UserId user = boundBefore();
    UserId other = newUser();
    assertThat(after.phoneBindings().bind(other, Tenant.DEFAULT, phone, false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
    BoundPhone again = new BoundPhone(phone.number(), now.plusMillis(1));
    assertThat(after.phoneBindings().bind(user, Tenant.DEFAULT, again, false, Optional.empty()))
        .isInstanceOf(Binding.Bound.class);
    assertThat(after.users().find(user).orElseThrow().phone()).contains(again);
  }

  @Test
  void a_lost_phone_number_is_erased_all_the_same() throws SQLException {
    UserId user = boundBefore();
    Push push =
        new Push(
            Sample.uuid(), app.appId(), new PushEvent(Map.of("MsgId", Sample.text(9))), now, 0);
    after.pushInbox().accept(push);
    after.pushInbox().settle(push.id(), new PushEffect.Erase(user, Set.of(), true, now), now);
    assertThat(
            sql.rows(
                    "SELECT phone, phone_mac, phone_tenant, phone_bound_at FROM users"
                        + (" WHERE id = X'" + hex(user) + "'"))
                .getFirst()
                .values())
        .containsOnlyNulls();
  }

  /** One warning since the last time: it names the user, and nothing of what is kept of them. */
  private void assertWarnedOf(UserId user, String... secrets) {
    assertThat(log.list)
        .singleElement()
        .satisfies(
            event -> {
              String text =
                  event.getFormattedMessage()
                      + ThrowableProxyUtil.asString(event.getThrowableProxy());
              assertThat(event.getLevel()).isEqualTo(Level.WARN);
              assertThat(text).contains(user.toString());
              assertThat(text).doesNotContain(secrets).doesNotContain(openId.value());
            });
    log.list.clear();
  }

  private UserId logIn(Storage at, SessionKey key) {
    return at.logins()
        .record(Sample.newLogin(app, new WeChatIdentity(openId, Optional.empty(), key)))
        .user()
        .id();
  }

  private static UserId newUser() {
    return first.ports().logins().record(Sample.newLogin(app, Sample.identity())).user().id();
  }

  private UserId boundBefore() {
    UserId user = newUser();
    assertThat(before.phoneBindings().bind(user, Tenant.DEFAULT, phone, false, Optional.empty()))
        .isInstanceOf(Binding.Bound.class);
    return user;
  }

  private static User withoutPhone(User user) {
    return new User(
        user.id(),
        user.status(),
        user.sessionEpoch(),
        user.profile(),
        user.reviews(),
        Optional.empty(),
        user.profileClearedAt(),
        user.createdAt(),
        user.updatedAt());
  }

  private static String hex(UserId user) {
    return HexFormat.of().formatHex(Binary.of(user.value()));
  }
}
