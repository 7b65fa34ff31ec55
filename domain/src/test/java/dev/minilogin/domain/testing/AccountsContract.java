package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.Accounts.Erasure;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings;
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
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Accounts} promises. */
public interface AccountsContract extends StorageContract {
  Actor OPERATOR = Actor.operator("ops");

  static List<ErasureRequest> requests() {
    return List.of(
        new ErasureRequest.ByUser(Sample.appId()), new ErasureRequest.ByOperator(OPERATOR));
  }

  @ParameterizedTest
  @MethodSource("requests")
  default void of_an_erased_account_is_left_that_it_was_there(ErasureRequest request) {
    Visitor visitor = newVisitor();
    name(visitor, "Ann");
    bindPhone(visitor);
    submit(visitor, "Beth");
    Visitor other = visitor(visitor.app(), Sample.identity());
    name(other, "Zoe");
    User otherBefore = stored(other.id());
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);

    assertThat(accounts().erase(visitor.id(), request, at)).isEqualTo(Erasure.ERASED);

    assertThat(stored(visitor.id())).isEqualTo(before.deleted(at));
    assertThat(storage().identities().find(visitor.app().appId(), visitor.openId())).isEmpty();
    assertThat(storage().identities().find(visitor.id(), visitor.app().appId())).isEmpty();
    assertThat(found(visitor.login()).session().endedAt(at, stored(visitor.id()).standing()))
        .contains(EndReason.ACCOUNT_DELETED);
    assertThat(accounts().dataOf(visitor.id())).isEmpty();
    assertThat(stored(other.id())).isEqualTo(otherBefore);
    assertThat(found(other.login()).session().endedAt(at, stored(other.id()).standing())).isEmpty();
  }

  @Test
  default void an_erasure_erases_what_one_that_wechat_asked_for_erases() {
    Visitor first = full();
    Visitor second = full();
    Instant at = Sample.now().plusSeconds(1);
    accounts().erase(first.id(), byUser(first), at);
    eraseAccount(second, at);
    assertThat(stored(first.id()))
        .usingRecursiveComparison()
        .ignoringFields("id", "createdAt")
        .isEqualTo(stored(second.id()));
    assertThat(found(first.login()).session().device())
        .isEqualTo(found(second.login()).session().device())
        .isEqualTo(Device.UNKNOWN);
  }

  @Test
  default void what_belonged_to_an_erased_account_is_anybodys_again() {
    UnionId unionId = Sample.unionId();
    Visitor visitor = visitor(newMiniProgram(), linked(Sample.openId(), unionId));
    BoundPhone phone = bindPhone(visitor);
    accounts().erase(visitor.id(), byUser(visitor), Sample.now());
    Visitor newcomer = visitor(visitor.app(), linked(visitor.openId(), unionId));
    assertThat(newcomer.login().newUser()).isTrue();
    assertThat(newcomer.id()).isNotEqualTo(visitor.id());
    assertThat(
            storage()
                .phoneBindings()
                .bind(newcomer.id(), Tenant.DEFAULT, phone, false, Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
    assertThat(accounts().erase(visitor.id(), byUser(visitor), Sample.now()))
        .isEqualTo(Erasure.NO_ACCOUNT);
    assertThat(stored(newcomer.id()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  default void the_pictures_of_an_erased_account_are_unused() {
    Visitor visitor = newVisitor();
    AvatarKey shown = picture(visitor);
    AvatarKey inReview = picture(visitor);
    change(visitor, ProfileField.AVATAR_URL, shown.path());
    Review review = Sample.review(visitor, ProfileField.AVATAR_URL, inReview.path());
    submit(review);
    accounts().erase(visitor.id(), byUser(visitor), Sample.now());
    assertThat(storage().avatars().unused(Sample.now().plusSeconds(60), 10_000))
        .contains(shown, inReview);
  }

  @Test
  default void whatever_was_pushed_about_the_person_is_gone() {
    Visitor visitor = newVisitor();
    Push push =
        new Push(
            Sample.uuid(),
            visitor.app().appId(),
            new PushEvent(
                Map.of(
                    "Event",
                    PushContent.USER_INFO_MODIFIED,
                    "OpenID",
                    visitor.openId().value(),
                    "CreateTime",
                    "1767225600")),
            Sample.now(),
            0);
    assertThat(storage().pushInbox().accept(push)).isTrue();
    accounts().erase(visitor.id(), byUser(visitor), Sample.now());
    assertThat(storage().pushInbox().settle(push.id(), new PushEffect.None(), Sample.now()))
        .isFalse();
    assertThat(
            storage()
                .pushInbox()
                .replay(visitor.app().appId(), Instant.EPOCH, Sample.now(), Actor.operator("ann")))
        .isZero();
  }

  @Test
  default void of_several_that_erase_an_account_at_once_one_does() {
    Visitor visitor = newVisitor();
    Instant at = Sample.now();
    List<Erasure> erasures =
        AtOnce.run(8, _ -> accounts().erase(visitor.id(), byUser(visitor), at));
    assertThat(erasures).containsOnlyOnce(Erasure.ERASED);
    assertThat(erasures).filteredOn(Erasure.NO_ACCOUNT::equals).hasSize(7);
  }

  @Test
  default void no_account_is_erased_where_there_is_none() {
    for (ErasureRequest request : requests()) {
      assertThat(accounts().erase(Sample.userId(), request, Sample.now()))
          .isEqualTo(Erasure.NO_ACCOUNT);
    }
  }

  @Test
  default void a_suspended_account_is_erased_by_an_operator_and_not_by_its_user() {
    Visitor visitor = newVisitor();
    accounts().suspend(visitor.id(), OPERATOR, Sample.now());
    User suspended = stored(visitor.id());
    assertThat(accounts().erase(visitor.id(), byUser(visitor), Sample.now()))
        .isEqualTo(Erasure.SUSPENDED);
    assertThat(stored(visitor.id())).isEqualTo(suspended);
    assertThat(storage().identities().find(visitor.app().appId(), visitor.openId())).isPresent();
    assertThat(
            accounts().erase(visitor.id(), new ErasureRequest.ByOperator(OPERATOR), Sample.now()))
        .isEqualTo(Erasure.ERASED);
  }

  @Test
  default void of_a_suspension_and_an_erasure_at_once_each_is_whole() {
    for (int round = 0; round < 20; round++) {
      Visitor visitor = newVisitor();
      Instant at = Sample.now();
      List<Object> results =
          AtOnce.run(
              2,
              i ->
                  i == 0
                      ? accounts().suspend(visitor.id(), OPERATOR, at)
                      : accounts().erase(visitor.id(), byUser(visitor), at));
      boolean suspended = (boolean) results.getFirst();
      assertThat(results.getLast()).isEqualTo(suspended ? Erasure.SUSPENDED : Erasure.ERASED);
      assertThat(stored(visitor.id()).status())
          .isEqualTo(suspended ? User.Status.SUSPENDED : User.Status.DELETED);
    }
  }

  @Test
  default void a_suspension_ends_all_sessions_and_changes_nothing_else() {
    Visitor visitor = newVisitor();
    name(visitor, "Ann");
    User before = stored(visitor.id());
    Instant at = before.updatedAt().plusMillis(1);
    assertThat(accounts().suspend(visitor.id(), OPERATOR, at)).isTrue();
    User suspended = stored(visitor.id());
    assertThat(suspended).isEqualTo(before.suspended(at));
    assertThat(suspended.sessionEpoch()).isEqualTo(before.sessionEpoch() + 1);
    assertThat(found(visitor.login()).session().endedAt(at, suspended.standing()))
        .contains(EndReason.USER_SUSPENDED);
    assertThat(accounts().suspend(visitor.id(), OPERATOR, at.plusMillis(1))).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(suspended);
  }

  @Test
  default void a_reinstated_user_can_log_in_and_old_sessions_stay_ended() {
    Visitor visitor = newVisitor();
    Instant at = Sample.now();
    accounts().suspend(visitor.id(), OPERATOR, at);
    Recorded meanwhile = logIn(Sample.newLogin(visitor.app(), Sample.identity(visitor.openId())));
    assertThat(accounts().reinstate(visitor.id(), OPERATOR, at.plusMillis(1))).isTrue();
    User reinstated = stored(visitor.id());
    assertThat(reinstated.status()).isEqualTo(User.Status.ACTIVE);
    assertThat(found(visitor.login()).session().endedAt(at, reinstated.standing()))
        .contains(EndReason.REVOKED);
    assertThat(found(meanwhile).session().endedAt(at, reinstated.standing()))
        .contains(EndReason.REVOKED);
    Recorded again = logIn(Sample.newLogin(visitor.app(), Sample.identity(visitor.openId())));
    assertThat(again.session().endedAt(at, reinstated.standing())).isEmpty();
    assertThat(accounts().reinstate(visitor.id(), OPERATOR, at)).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(reinstated);
  }

  @Test
  default void whoever_is_not_there_is_neither_suspended_nor_reinstated() {
    assertThat(accounts().suspend(Sample.userId(), OPERATOR, Sample.now())).isFalse();
    assertThat(accounts().reinstate(Sample.userId(), OPERATOR, Sample.now())).isFalse();
    Visitor visitor = newVisitor();
    accounts().erase(visitor.id(), byUser(visitor), Sample.now());
    User erased = stored(visitor.id());
    assertThat(accounts().suspend(visitor.id(), OPERATOR, Sample.now())).isFalse();
    assertThat(accounts().reinstate(visitor.id(), OPERATOR, Sample.now())).isFalse();
    assertThat(stored(visitor.id())).isEqualTo(erased);
  }

  @Test
  default void the_audit_log_says_who_did_what_and_nothing_of_what_did_not_happen() {
    Visitor visitor = newVisitor();
    int before = auditOf(visitor.id()).size();
    Instant at = Sample.now().plusSeconds(1);
    accounts().reinstate(visitor.id(), OPERATOR, at);
    accounts().suspend(visitor.id(), OPERATOR, at);
    accounts().suspend(visitor.id(), OPERATOR, at.plusMillis(1));
    accounts().erase(visitor.id(), byUser(visitor), at.plusMillis(1));
    accounts().reinstate(visitor.id(), OPERATOR, at.plusMillis(2));
    accounts().erase(visitor.id(), byUser(visitor), at.plusMillis(3));
    accounts().erase(visitor.id(), byUser(visitor), at.plusMillis(4));
    assertThat(auditOf(visitor.id()).subList(before, auditOf(visitor.id()).size()))
        .containsExactly(
            AuditEvent.of(AuditEvent.Kind.USER_SUSPENDED, OPERATOR, at).withUser(visitor.id()),
            AuditEvent.of(AuditEvent.Kind.USER_REINSTATED, OPERATOR, at.plusMillis(2))
                .withUser(visitor.id()),
            AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, Actor.USER, at.plusMillis(3))
                .withUser(visitor.id())
                .withApp(visitor.app().appId()));
    Visitor other = newVisitor();
    accounts().erase(other.id(), new ErasureRequest.ByOperator(OPERATOR), at);
    assertThat(auditOf(other.id()))
        .contains(
            AuditEvent.of(AuditEvent.Kind.ACCOUNT_DELETED, OPERATOR, at).withUser(other.id()));
  }

  @Test
  default void the_data_of_somebody_are_all_that_is_kept_and_nobody_elses() {
    Instant at = Sample.now();
    UnionId unionId = Sample.unionId();
    MiniProgram app = newMiniProgram();
    MiniProgram sister = newMiniProgram();
    OpenId openId = Sample.openId();
    OpenId sisterOpenId = Sample.openId();
    Device device = device();
    Recorded first = logInAt(app, linked(openId, unionId), device, at);
    Recorded second = logInAt(sister, linked(sisterOpenId, unionId), device, at.plusMillis(1));
    logInAt(app, linked(openId, unionId), Device.UNKNOWN, at.plusMillis(2));
    Visitor visitor = new Visitor(app, openId, first);
    storage()
        .sessions()
        .end(second.user().id(), second.session().id(), at.plusMillis(3), EndReason.SIGNED_OUT);
    storage().identities().rank(app.appId(), openId, 3, true, at.plusMillis(4));
    name(visitor, "Ann");
    bindPhone(visitor);
    submit(visitor, "Beth");
    AvatarKey picture = Sample.avatarKey();
    storage().avatars().add(picture, visitor.id(), at.plusMillis(5));
    full();

    PersonalData data = accounts().dataOf(visitor.id()).orElseThrow();

    assertThat(data.user()).isEqualTo(stored(visitor.id()));
    assertThat(data.unionId()).contains(unionId);
    assertThat(data.people())
        .containsExactly(
            new PersonalData.Person(
                app.appId(),
                openId,
                Optional.of(unionId),
                2,
                at,
                at.plusMillis(2),
                Optional.of(new Identities.Ranked(3, true, at.plusMillis(4)))),
            new PersonalData.Person(
                sister.appId(),
                sisterOpenId,
                Optional.of(unionId),
                1,
                at.plusMillis(1),
                at.plusMillis(1),
                Optional.empty()));
    assertThat(data.devices()).hasSize(3);
    assertThat(data.devices().get(1))
        .isEqualTo(
            new PersonalData.DeviceSession(
                second.session().id(),
                sister.appId(),
                device,
                second.session().createdAt(),
                second.session().lastSeenAt(),
                second.session().idleExpiresAt(),
                second.session().absoluteExpiresAt(),
                Optional.of(new Session.Ending(at.plusMillis(3), EndReason.SIGNED_OUT))));
    assertThat(data.pending())
        .extracting(
            PersonalData.Pending::appId,
            PersonalData.Pending::field,
            PersonalData.Pending::value,
            PersonalData.Pending::source)
        .containsExactly(tuple(app.appId(), ProfileField.NICKNAME, "Beth", Profile.Source.USER));
    assertThat(data.pictures()).containsExactly(new PersonalData.Upload(picture, at.plusMillis(5)));
    assertThat(data.toString() + data.people() + data.devices() + data.pending())
        .doesNotContain(openId.value(), unionId.value(), "Beth");
  }

  @Test
  default void of_whom_nothing_is_kept_there_are_no_data() {
    assertThat(accounts().dataOf(Sample.userId())).isEmpty();
  }

  @Test
  default void accounts_of_an_unreachable_storage_stay_as_they_are() {
    Accounts unreachable = unreachableStorage().accounts();
    UserId id = Sample.userId();
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(
            () -> unreachable.erase(id, new ErasureRequest.ByOperator(OPERATOR), Sample.now()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachable.suspend(id, OPERATOR, Sample.now()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachable.reinstate(id, OPERATOR, Sample.now()));
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(() -> unreachable.dataOf(id));
  }

  private Accounts accounts() {
    return storage().accounts();
  }

  private static ErasureRequest byUser(Visitor visitor) {
    return new ErasureRequest.ByUser(visitor.app().appId());
  }

  private static WeChatIdentity linked(OpenId openId, UnionId unionId) {
    return Sample.identity(openId, unionId);
  }

  private static Device device() {
    return new Device(
        Optional.of(InstallHash.of(Sample.text(22))),
        Optional.of("model-" + Sample.text(8)),
        Optional.of("ios"),
        Optional.of(EnvVersion.RELEASE),
        Optional.of("1.2.3"),
        Optional.of("1001"));
  }

  private Recorded logInAt(MiniProgram app, WeChatIdentity identity, Device device, Instant at) {
    NewLogin login = Sample.newLogin(app, identity, device, Optional.of(Sample.resendKey()), at);
    return logIn(login);
  }

  /** Somebody of whom all is known that can be. */
  private Visitor full() {
    MiniProgram app = newMiniProgram();
    WeChatIdentity identity = linked(Sample.openId(), Sample.unionId());
    Visitor visitor =
        new Visitor(app, identity.openId(), logInAt(app, identity, device(), Sample.now()));
    for (ProfileField field : ProfileField.values()) {
      String value =
          switch (field) {
            case AVATAR_URL -> picture(visitor).path();
            case GENDER -> "2";
            default -> Sample.text(8);
          };
      change(visitor, field, value);
    }
    bindPhone(visitor);
    submit(visitor, "Zoe");
    return visitor;
  }

  private void name(Visitor visitor, String nickname) {
    change(visitor, ProfileField.NICKNAME, nickname);
  }

  private void change(Visitor visitor, ProfileField field, String value) {
    storage()
        .users()
        .changeProfile(
            visitor.id(),
            new ProfileChange(Map.of(field, Optional.of(value))),
            Profile.Source.USER,
            Sample.now());
  }

  private BoundPhone bindPhone(Visitor visitor) {
    BoundPhone phone = new BoundPhone(Sample.phoneNumber(), Sample.now());
    assertThat(
            storage()
                .phoneBindings()
                .bind(visitor.id(), Tenant.DEFAULT, phone, false, Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
    return phone;
  }

  private AvatarKey picture(Visitor visitor) {
    AvatarKey key = Sample.avatarKey();
    storage().avatars().add(key, visitor.id(), Sample.now());
    return key;
  }

  private void submit(Visitor visitor, String nickname) {
    submit(Sample.review(visitor, ProfileField.NICKNAME, nickname));
  }

  private void submit(Review review) {
    storage()
        .contentReviews()
        .submit(
            review,
            new ProfileChange(Map.of()),
            Profile.Source.USER,
            Sample.now(),
            Sample.now().plusSeconds(3600));
  }
}
