package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What was written under the first keys, once each key has a successor; an instance that has the
 * new keys, and has them not in use yet, works on.
 */
class KeyRotationTest {
  private static Sql sql;
  private static Instance first;
  private static Instance rotated;
  private static MiniProgram app;

  private final Storage before = first.ports();
  private final Storage after = rotated.ports();
  private final Instant now = Sample.now();

  @BeforeAll
  static void start() {
    Schema schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    first = Instance.start(schema, "", 4, Instance.stagedKeys());
    rotated = Instance.start(schema, "", 4, Instance.keys(2));
    app = Sample.miniProgram();
    first.ports().miniPrograms().save(app);
  }

  @AfterAll
  static void stop() {
    first.close();
    rotated.close();
  }

  @Test
  void a_phone_number_still_belongs_to_its_user() {
    UserId owner = newUser();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), now);
    User user = bound(before, owner, phone);
    assertThat(after.users().find(owner)).contains(user);
    assertThat(
            after.phoneBindings().bind(newUser(), Tenant.DEFAULT, phone, false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
  }

  @Test
  void a_phone_number_can_be_moved_and_is_moved_whole() throws SQLException {
    UserId from = newUser();
    UserId to = newUser();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), now);
    bound(before, from, phone);
    assertThat(after.phoneBindings().bind(to, Tenant.DEFAULT, phone, true, Optional.empty()))
        .isInstanceOfSatisfying(
            Binding.Bound.class, binding -> assertThat(binding.movedFrom()).contains(from));
    assertThat(after.users().find(from).orElseThrow().phone()).isEmpty();
    assertThat(
            sql.number(
                "SELECT COUNT(*) FROM users WHERE phone_mac IS NOT NULL AND id = X'"
                    + hex(from.value())
                    + "'"))
        .isZero();
  }

  @Test
  void a_phone_number_that_is_bound_again_moves_to_the_new_keys() throws SQLException {
    UserId owner = newUser();
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), now);
    User user = bound(before, owner, phone);
    Map<String, byte[]> old = row(owner);
    assertThat(keyNumber(old.get("phone"))).isEqualTo(1);
    assertThat(bound(after, owner, new BoundPhone(phone.number(), now.plusSeconds(5))))
        .isEqualTo(user);
    Map<String, byte[]> fresh = row(owner);
    assertThat(keyNumber(fresh.get("phone"))).isEqualTo(2);
    assertThat(fresh.get("phone_mac")).isNotEqualTo(old.get("phone_mac"));
    assertThat(after.users().find(owner)).contains(user);
    assertThat(
            after.phoneBindings().bind(newUser(), Tenant.DEFAULT, phone, false, Optional.empty()))
        .isEqualTo(new Binding.Taken());
  }

  @Test
  void logins_in_turn_under_either_pepper_crowd_no_session_key_out() {
    OpenId openId = Sample.openId();
    SessionKey oldest = Sample.sessionKey();
    SessionKey again = Sample.sessionKey();
    logIn(before, openId, oldest);
    for (Storage storage : List.of(before, after, before, after)) {
      logIn(storage, openId, again);
      storage.identities().keep(app.appId(), openId, again, now);
    }
    assertThat(after.identities().find(app.appId(), openId).orElseThrow().sessionKeys())
        .containsExactly(again, oldest);
  }

  @Test
  void an_access_token_is_still_told_renewed_and_dropped() {
    AccessTokens.Dated kept = new AccessTokens.Dated(Sample.accessToken(), now.plusSeconds(600));
    renew(before, Optional.empty(), kept);
    assertThat(after.accessTokens().find(app.appId()).token()).contains(kept);
    AccessTokens.Dated next = new AccessTokens.Dated(Sample.accessToken(), now.plusSeconds(900));
    renew(after, Optional.of(kept), next);
    assertThat(after.accessTokens().drop(app.appId(), kept.token())).isFalse();

    AccessTokens.Dated last = new AccessTokens.Dated(Sample.accessToken(), now.plusSeconds(1200));
    assertThat(after.accessTokens().drop(app.appId(), next.token())).isTrue();
    renew(before, Optional.empty(), last);
    assertThat(after.accessTokens().drop(app.appId(), last.token())).isTrue();
  }

  @Test
  void a_push_that_comes_again_is_known_and_is_read() {
    PushEvent event = new PushEvent(Map.of("MsgType", "text", "MsgId", Sample.text(12)));
    Push push = new Push(Sample.uuid(), app.appId(), event, now, 0);
    assertThat(before.pushInbox().accept(push)).isTrue();
    assertThat(
            after
                .pushInbox()
                .accept(new Push(Sample.uuid(), app.appId(), event, now.plusSeconds(5), 0)))
        .isFalse();
    assertThat(after.pushInbox().claim(now, now.plusSeconds(60), 100)).contains(push);
  }

  @Test
  void pushes_about_an_erased_person_are_found_under_each_pepper() throws SQLException {
    OpenId openId = Sample.openId();
    UserId user = before.logins().record(Sample.newLogin(app, Sample.identity(openId))).user().id();
    List<Push> pushes = new ArrayList<>();
    for (Storage storage : List.of(before, after)) {
      Map<String, String> fields =
          Map.of("MsgType", "text", "MsgId", Sample.text(12), "FromUserName", openId.value());
      Push push = new Push(Sample.uuid(), app.appId(), new PushEvent(fields), now, 0);
      assertThat(storage.pushInbox().accept(push)).isTrue();
      pushes.add(push);
    }
    assertThat(pushes).extracting(push -> push(push).get("event")).doesNotContainNull();
    assertThat(
            after.pushInbox().settle(pushes.getLast().id(), new PushEffect.EraseAccount(user), now))
        .isTrue();
    assertThat(pushes)
        .allSatisfy(
            push ->
                assertThat(push(push))
                    .extractingByKeys("event", "person_mac", "next_try_at")
                    .containsOnlyNulls());
  }

  private static Map<String, byte[]> push(Push push) {
    try {
      return sql.rows("SELECT * FROM push_inbox WHERE id = X'" + hex(push.id()) + "'").getFirst();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void renew(Storage at, Optional<AccessTokens.Dated> seen, AccessTokens.Dated token) {
    UUID lease = Sample.uuid();
    assertThat(
            at.accessTokens()
                .lease(
                    app.appId(),
                    lease,
                    seen.map(AccessTokens.Dated::token),
                    now,
                    now.plusSeconds(10)))
        .isTrue();
    assertThat(at.accessTokens().renew(app.appId(), lease, token, false, now)).isTrue();
  }

  private static void logIn(Storage at, OpenId openId, SessionKey key) {
    at.logins().record(Sample.newLogin(app, new WeChatIdentity(openId, Optional.empty(), key)));
  }

  private static User bound(Storage at, UserId owner, BoundPhone phone) {
    return ((Binding.Bound)
            at.phoneBindings().bind(owner, Tenant.DEFAULT, phone, false, Optional.empty()))
        .user();
  }

  private static UserId newUser() {
    return first.ports().logins().record(Sample.newLogin(app, Sample.identity())).user().id();
  }

  private static Map<String, byte[]> row(UserId user) throws SQLException {
    return sql.rows("SELECT * FROM users WHERE id = X'" + hex(user.value()) + "'").getFirst();
  }

  /** The bytes after the version. */
  private static int keyNumber(byte[] sealed) {
    return Byte.toUnsignedInt(sealed[1]) << 8 | Byte.toUnsignedInt(sealed[2]);
  }

  private static String hex(UUID id) {
    return HexFormat.of().formatHex(Binary.of(id));
  }
}
