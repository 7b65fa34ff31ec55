package dev.minilogin.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.testing.TestDatabase;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushContent;
import dev.minilogin.domain.push.PushEffect;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.session.Device;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.InstallHash;
import dev.minilogin.domain.session.Logins.Recorded;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InBackground;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

/** What is left in the tables of somebody who closed their WeChat account. */
class ErasureTest {
  private static Schema schema;
  private static Sql sql;
  private static Instance first;
  private static Instance second;
  private static MiniProgram app;
  private static MiniProgram sister;

  private final MysqlStorage.Ports a = first.ports();
  private final MysqlStorage.Ports b = second.ports();
  private final Instant now = Sample.now();
  private final OpenId openId = Sample.openId();
  private final OpenId sisterOpenId = Sample.openId();
  private final UnionId unionId = Sample.unionId();

  @BeforeAll
  static void start() {
    schema = TestDatabase.get().freshSchema();
    sql = new Sql(schema);
    first = Instance.start(schema);
    second = Instance.start(schema);
    app = Sample.miniProgram();
    sister = Sample.miniProgram();
    first.ports().miniPrograms().save(app);
    first.ports().miniPrograms().save(sister);
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  @Test
  void nothing_of_the_person_is_in_any_column_of_any_table() throws SQLException {
    String installId = "install-" + Sample.text(22);
    Device device =
        new Device(
            Optional.of(InstallHash.of(installId)),
            Optional.of("model-" + Sample.text(16)),
            Optional.of("platform-" + Sample.text(16)),
            Optional.empty(),
            Optional.of("version-" + Sample.text(16)),
            Optional.of("s" + Sample.text(15)));
    Recorded login = logIn(app, openId, device);
    UserId user = login.user().id();
    logIn(sister, sisterOpenId, device);
    a.identities().rank(app.appId(), openId, 4, true, now);
    AvatarKey avatar = Sample.avatarKey();
    a.avatars().add(avatar, user, now);
    Map<ProfileField, Optional<String>> profile =
        Map.of(
            ProfileField.AVATAR_URL, Optional.of(avatar.path()),
            ProfileField.CITY, Optional.of("city-" + Sample.text(20)),
            ProfileField.PROVINCE, Optional.of("province-" + Sample.text(20)),
            ProfileField.COUNTRY, Optional.of("country-" + Sample.text(20)),
            ProfileField.LANGUAGE, Optional.of("l" + Sample.text(15)));
    a.users().changeProfile(user, new ProfileChange(profile), Profile.Source.USER, now);
    PhoneNumber phone = Sample.phoneNumber();
    a.phoneBindings()
        .bind(user, Tenant.DEFAULT, new BoundPhone(phone, now), false, Optional.empty());
    String nickname = "nickname-" + Sample.text(20);
    submit(user, nickname);

    List<byte[]> traces = new ArrayList<>();
    List.of(openId.value(), sisterOpenId.value(), unionId.value(), nickname, phone.national())
        .forEach(text -> traces.addAll(Encodings.of(bytes(text))));
    profile.values().forEach(value -> traces.addAll(Encodings.of(bytes(value.orElseThrow()))));
    traces.add(device.install().orElseThrow().bytes());
    List.of(device.model(), device.platform(), device.version(), device.scene())
        .forEach(text -> traces.add(bytes(text.orElseThrow())));
    assertThat(sql.columnsThatHold(traces))
        .contains(
            "wechat_identities.openid",
            "users.unionid",
            "users.city",
            "users.nickname_review_value",
            "content_reviews.value",
            "sessions.install_hash",
            "sessions.model");

    Push push = accept(openId);
    assertThat(b.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), now)).isTrue();

    assertThat(sql.columnsThatHold(traces))
        .as("the picture's key is there until the picture is not")
        .containsExactly("avatars.avatar_key");
    assertThat(row("users", "id", user.value()))
        .as("what the user never was asked for, too")
        .extractingByKeys("phone", "phone_mac", "phone_tenant", "phone_bound_at")
        .containsOnlyNulls();
    assertThat(row("push_inbox", "id", push.id()).get("event")).isNull();
    assertThat(sql.lines("SELECT DISTINCT sealed_answer IS NULL" + fromSessions(user)))
        .containsExactly("1");
    User left = b.users().find(user).orElseThrow();
    assertThat(left)
        .isEqualTo(new User(user, User.Status.DELETED, 1, Profile.EMPTY, left.createdAt(), now));
    assertThat(b.sessions().find(login.token()).orElseThrow().endedAt(now))
        .contains(EndReason.ACCOUNT_DELETED);
    assertThat(a.avatars().unused(now.plusSeconds(1), 9)).contains(avatar);
  }

  @Test
  void no_push_names_the_person_any_more_not_even_unsealed() throws SQLException {
    UserId user = logIn(app, openId, Device.UNKNOWN).user().id();
    logIn(sister, sisterOpenId, Device.UNKNOWN);
    OpenId stranger = Sample.openId();
    Push revoked =
        accept(app, Map.of("Event", "user_authorization_revoke", "OpenID", openId.value()));
    Push message =
        accept(
            sister, Map.of("MsgType", "text", "MsgId", "1", "FromUserName", sisterOpenId.value()));
    Push waiting = accept(app, Map.of("Event", "anything", "FromUserName", openId.value()));
    Push others = accept(app, Map.of("Event", "anything", "FromUserName", stranger.value()));
    a.pushInbox().settle(revoked.id(), new PushEffect.None(), now);
    a.pushInbox().settle(message.id(), new PushEffect.None(), now.plusMillis(1));
    assertThat(unsealedPushes()).contains(openId.value(), sisterOpenId.value(), stranger.value());

    Push push = accept(openId);
    a.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), now.plusMillis(2));

    assertThat(unsealedPushes())
        .contains(stranger.value())
        .doesNotContain(openId.value(), sisterOpenId.value());
    for (Push gone : List.of(revoked, message, waiting, push)) {
      assertThat(row("push_inbox", "id", gone.id()))
          .extractingByKeys("event", "person_mac", "next_try_at")
          .containsOnlyNulls();
    }
    assertThat(
            sql.lines("SELECT handled_at FROM push_inbox WHERE id = X'" + hex(message.id()) + "'"))
        .as("it was handled when it was handled")
        .containsExactly(Long.toString(now.plusMillis(1).toEpochMilli()));
    assertThat(row("push_inbox", "id", others.id()))
        .extractingByKeys("event", "person_mac", "next_try_at")
        .doesNotContainNull();
    assertThat(sql.columnsThatHold(Encodings.of(bytes(openId.value())))).isEmpty();
    assertThat(sql.columnsThatHold(Encodings.of(bytes(sisterOpenId.value())))).isEmpty();
  }

  private static String unsealedPushes() throws SQLException {
    Sealer sealer = first.context().getBean(Sealer.class);
    StringBuilder events = new StringBuilder();
    for (Map<String, byte[]> row : sql.rows("SELECT * FROM push_inbox WHERE event IS NOT NULL")) {
      events.append(sealer.open(row.get("event"), "push " + Binary.uuid(row.get("id"))));
    }
    return events.toString();
  }

  @Test
  void a_receipt_is_left_that_says_when_and_which_push_asked_for_it() throws SQLException {
    UserId user = logIn(app, openId, Device.UNKNOWN).user().id();
    Push push = accept(openId);
    Instant later = now.plusMillis(1234);
    a.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), later);
    assertThat(
            sql.lines(
                "SELECT HEX(user_id), app_id, HEX(push_id), cause, asked_at, erased_at"
                    + (" FROM erasure_receipts WHERE user_id = X'" + hex(user.value()) + "'")))
        .containsExactly(
            String.join(
                " ",
                hex(user.value()),
                app.appId().value(),
                hex(push.id()),
                "WECHAT",
                Long.toString(now.toEpochMilli()),
                Long.toString(later.toEpochMilli())));
  }

  @Test
  void a_second_push_about_the_same_account_changes_nothing_and_keeps_nothing()
      throws SQLException {
    UserId user = logIn(app, openId, Device.UNKNOWN).user().id();
    Push push = accept(openId);
    Push another = accept(sisterOpenId);
    a.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), now);
    Map<String, byte[]> left = row("users", "id", user.value());
    assertThat(
            a.pushInbox()
                .settle(another.id(), new PushEffect.EraseAccount(user), now.plusSeconds(1)))
        .isTrue();
    assertThat(row("users", "id", user.value())).usingRecursiveComparison().isEqualTo(left);
    assertThat(row("push_inbox", "id", another.id()).get("event")).isNull();
    assertThat(a.pushInbox().replay(app.appId(), now, now, Actor.SYSTEM)).isZero();
  }

  /** The account is being erased, and nobody sees it yet, when the person logs in elsewhere. */
  @Test
  void who_logs_in_while_the_account_is_erased_waits_and_is_a_new_user() throws SQLException {
    UserId user = logIn(app, openId, Device.UNKNOWN).user().id();
    try (Connection erasing = schema.connect();
        Statement statement = erasing.createStatement()) {
      erasing.setAutoCommit(false);
      statement.execute(
          "UPDATE users SET status = 'DELETED', unionid = NULL, profile_version = 1 WHERE id = X'"
              + (hex(user.value()) + "'"));
      statement.execute(
          "DELETE FROM wechat_identities WHERE user_id = X'" + hex(user.value()) + "'");
      InBackground<Recorded> login =
          InBackground.start(() -> logIn(sister, sisterOpenId, Device.UNKNOWN)).untilItWaits();
      assertThat(login.isOver()).isFalse();
      erasing.commit();
      assertThat(login.result().newUser()).isTrue();
      assertThat(login.result().user().id()).isNotEqualTo(user);
    }
    assertNoIdentityOfNobody();
  }

  @Test
  void logins_and_erasures_at_once_leave_no_identity_of_an_erased_user() throws SQLException {
    for (int round = 0; round < 10; round++) {
      UnionId person = Sample.unionId();
      OpenId here = Sample.openId();
      OpenId there = Sample.openId();
      UserId user = record(app, here, person).user().id();
      Push push = accept(here);
      AtOnce.run(
          4,
          i ->
              switch (i) {
                case 0 -> a.pushInbox().settle(push.id(), new PushEffect.EraseAccount(user), now);
                case 1 -> record(app, here, person);
                default -> record(sister, i == 2 ? there : Sample.openId(), person);
              });
      assertNoIdentityOfNobody();
      assertThat(record(app, here, person).user().status()).isEqualTo(User.Status.ACTIVE);
      assertThat(record(sister, there, person).user()).isEqualTo(record(app, here, person).user());
    }
  }

  private static void assertNoIdentityOfNobody() throws SQLException {
    assertThat(
            sql.number(
                "SELECT COUNT(*) FROM wechat_identities i LEFT JOIN users u ON u.id = i.user_id"
                    + " WHERE u.id IS NULL OR u.status = 'DELETED'"))
        .isZero();
  }

  private Recorded logIn(MiniProgram at, OpenId person, Device device) {
    NewLogin login =
        Sample.newLogin(
            at,
            new WeChatIdentity(person, Optional.of(unionId), Sample.sessionKey()),
            device,
            Optional.of(Sample.resendKey()),
            now);
    assertThat(b.logins().claim(login.claim(), now)).isTrue();
    return b.logins().record(login);
  }

  private Recorded record(MiniProgram at, OpenId person, UnionId union) {
    return b.logins()
        .record(
            Sample.newLogin(
                at, new WeChatIdentity(person, Optional.of(union), Sample.sessionKey())));
  }

  private void submit(UserId user, String nickname) {
    Review review =
        new Review(
            Sample.uuid(),
            user,
            app.appId(),
            openId,
            ProfileField.NICKNAME,
            nickname,
            0,
            Optional.empty());
    assertThat(
            a.contentReviews()
                .submit(
                    review,
                    new ProfileChange(Map.of()),
                    Profile.Source.USER,
                    now,
                    now.plusSeconds(60)))
        .isPresent();
  }

  private Push accept(OpenId person) {
    return accept(
        app,
        Map.of(
            "Event",
            PushContent.USER_AUTHORIZATION_CANCELLATION,
            "OpenID",
            person.value(),
            "CreateTime",
            "1767225600"));
  }

  private Push accept(MiniProgram about, Map<String, String> fields) {
    Push push = new Push(Sample.uuid(), about.appId(), new PushEvent(fields), now, 0);
    assertThat(a.pushInbox().accept(push)).isTrue();
    return push;
  }

  private static Map<String, byte[]> row(String table, String column, UUID id) throws SQLException {
    return sql.rows("SELECT * FROM " + table + " WHERE " + column + " = X'" + hex(id) + "'")
        .getFirst();
  }

  private static String fromSessions(UserId user) {
    return " FROM sessions WHERE user_id = X'" + hex(user.value()) + "'";
  }

  private static String hex(UUID id) {
    return HexFormat.of().withUpperCase().formatHex(Binary.of(id));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
