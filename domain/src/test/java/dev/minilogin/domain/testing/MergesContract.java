package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.merge.Merges;
import dev.minilogin.domain.merge.Merges.Outcome;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What {@link Merges} promises. */
public interface MergesContract extends StorageContract {
  /** Who merges. */
  Actor ANN = Actor.operator("ann");

  /**
   * One person with an account in each of two mini programs, which WeChat has linked since.
   *
   * @param older the account that was made first
   */
  record Person(
      MiniProgram appOfOlder,
      OpenId openIdOfOlder,
      UserId older,
      MiniProgram appOfYounger,
      OpenId openIdOfYounger,
      UserId younger,
      UnionId unionId,
      Instant at) {}

  /** The person before both accounts were seen with the unionid. */
  private Person unlinked() {
    MiniProgram one = newMiniProgram();
    MiniProgram other = newMiniProgram();
    OpenId openIdOfOne = Sample.openId();
    OpenId openIdOfOther = Sample.openId();
    Instant at = Sample.now();
    UserId older = login(one, Sample.identity(openIdOfOne), at).user().id();
    UserId younger = login(other, Sample.identity(openIdOfOther), at.plusMillis(1)).user().id();
    return new Person(
        one, openIdOfOne, older, other, openIdOfOther, younger, Sample.unionId(), at.plusMillis(2));
  }

  private Person linked() {
    Person person = unlinked();
    logInToYounger(person);
    logInToOlder(person);
    return person;
  }

  private Logins.Recorded login(MiniProgram app, WeChatIdentity identity, Instant at) {
    return logIn(Sample.newLogin(app, identity, Sample.device(), Optional.empty(), at));
  }

  private Logins.Recorded logInToOlder(Person person) {
    return login(
        person.appOfOlder(),
        Sample.identity(person.openIdOfOlder(), person.unionId()),
        person.at());
  }

  private Logins.Recorded logInToYounger(Person person) {
    return login(
        person.appOfYounger(),
        Sample.identity(person.openIdOfYounger(), person.unionId()),
        person.at());
  }

  private Optional<Merge> noted(Person person) {
    List<Merge> found =
        storage().merges().all().stream()
            .filter(merge -> merge.kept().equals(person.older()))
            .filter(merge -> merge.absorbed().equals(person.younger()))
            .toList();
    assertThat(found).hasSizeLessThan(2);
    return found.stream().findFirst();
  }

  private UUID idOf(Person person) {
    return noted(person).orElseThrow().id();
  }

  private Merge merge(Person person) {
    Outcome outcome = storage().merges().merge(idOf(person), ANN, person.at().plusSeconds(1));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).merge();
  }

  private Merge undo(Person person) {
    Outcome outcome = storage().merges().undo(idOf(person), ANN, person.at().plusSeconds(2));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done) outcome).merge();
  }

  private void rename(UserId user, ProfileField field, String value, Instant at) {
    storage()
        .users()
        .changeProfile(
            user, new ProfileChange(Map.of(field, Optional.of(value))), Profile.Source.USER, at);
  }

  private BoundPhone bind(UserId user, Tenant tenant, PhoneNumber number, Instant at) {
    BoundPhone phone = new BoundPhone(number, at);
    assertThat(storage().phoneBindings().bind(user, tenant, phone, false, Optional.empty()))
        .isInstanceOf(PhoneBindings.Binding.Bound.class);
    return phone;
  }

  private boolean isFree(Tenant tenant, PhoneNumber number) {
    return storage()
            .phoneBindings()
            .bind(
                newUser().user().id(),
                tenant,
                new BoundPhone(number, Sample.now()),
                false,
                Optional.empty())
        instanceof PhoneBindings.Binding.Bound;
  }

  private Optional<UserId> owner(MiniProgram app, OpenId openId) {
    return storage().identities().find(app.appId(), openId).map(Identity::userId);
  }

  private void isOver(Logins.Recorded login, Instant at) {
    assertThat(found(login).endedAt(at)).contains(EndReason.REVOKED);
  }

  @Test
  default void two_accounts_are_noted_when_the_unionid_of_one_comes_to_the_other_and_stay_two() {
    Person person = unlinked();
    logInToYounger(person);
    assertThat(noted(person)).isEmpty();

    User user = logInToOlder(person).user();

    assertThat(user.id()).isEqualTo(person.older());
    Merge merge = noted(person).orElseThrow();
    assertThat(merge.foundAt()).isEqualTo(person.at());
    assertThat(merge.mergedAt()).isEmpty();
    assertThat(merge.undoneAt()).isEmpty();
    assertThat(stored(person.younger()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  default void the_account_that_was_made_first_is_kept_whichever_has_the_unionid() {
    Person person = unlinked();
    logInToOlder(person);

    assertThat(logInToYounger(person).user().id()).isEqualTo(person.younger());

    assertThat(noted(person)).isPresent();
  }

  @Test
  default void two_accounts_are_noted_once() {
    Person person = linked();
    UUID id = idOf(person);
    logInToOlder(person);
    logInToYounger(person);
    logInToOlder(person);

    assertThat(idOf(person)).isEqualTo(id);
  }

  @Test
  default void a_merged_account_logs_in_to_the_kept_one_in_both_mini_programs() {
    Person person = linked();
    Merge merge = merge(person);

    assertThat(merge.mergedAt()).contains(person.at().plusSeconds(1));
    assertThat(noted(person)).contains(merge);
    assertThat(owner(person.appOfYounger(), person.openIdOfYounger())).contains(person.older());
    assertThat(logInToOlder(person).user().id()).isEqualTo(person.older());
    assertThat(logInToYounger(person).user().id()).isEqualTo(person.older());
    Logins.Recorded elsewhere =
        login(newMiniProgram(), Sample.identity(Sample.openId(), person.unionId()), person.at());
    assertThat(elsewhere.user().id()).isEqualTo(person.older());
    assertThat(elsewhere.newUser()).isFalse();
  }

  @Test
  default void a_merge_ends_all_sessions_of_both() {
    Person person = unlinked();
    Logins.Recorded ofYounger = logInToYounger(person);
    Logins.Recorded ofOlder = logInToOlder(person);
    merge(person);

    Instant at = person.at().plusSeconds(1);
    isOver(ofYounger, at);
    isOver(ofOlder, at);
    assertThat(found(logInToYounger(person)).endedAt(at)).isEmpty();
  }

  @Test
  default void the_kept_account_gets_what_it_does_not_have_with_its_provenance() {
    Person person = linked();
    rename(person.older(), ProfileField.NICKNAME, "Ann", person.at());
    rename(person.younger(), ProfileField.NICKNAME, "Anna", person.at());
    rename(person.younger(), ProfileField.CITY, "Changsha", person.at().plusMillis(7));

    merge(person);

    Profile profile = stored(person.older()).profile();
    assertThat(profile.value(ProfileField.NICKNAME)).contains("Ann");
    assertThat(profile.known().get(ProfileField.CITY))
        .isEqualTo(new Profile.Known("Changsha", Profile.Source.USER, person.at().plusMillis(7)));
  }

  @Test
  default void the_phone_number_comes_along_if_the_kept_account_has_none() {
    Person person = linked();
    Tenant tenant = Sample.tenant();
    PhoneNumber number = Sample.phoneNumber();
    BoundPhone phone = bind(person.younger(), tenant, number, person.at());

    merge(person);

    assertThat(stored(person.older()).phone()).contains(phone);
    assertThat(isFree(tenant, number)).isFalse();
  }

  @Test
  default void of_two_phone_numbers_the_kept_accounts_stays_and_the_other_is_free() {
    Person person = linked();
    Tenant tenant = Sample.tenant();
    BoundPhone kept = bind(person.older(), tenant, Sample.phoneNumber(), person.at());
    PhoneNumber other = Sample.phoneNumber();
    bind(person.younger(), tenant, other, person.at());

    merge(person);
    assertThat(stored(person.older()).phone()).contains(kept);
    assertThat(isFree(tenant, other)).isTrue();

    undo(person);
    assertThat(stored(person.older()).phone()).contains(kept);
    assertThat(stored(person.younger()).phone()).isEmpty();
  }

  @Test
  default void an_absorbed_account_can_not_be_changed() {
    Person person = linked();
    merge(person);

    assertThat(
            storage()
                .users()
                .changeProfile(
                    person.younger(),
                    new ProfileChange(Map.of(ProfileField.CITY, Optional.of("Wuhan"))),
                    Profile.Source.USER,
                    Sample.now()))
        .isEmpty();
    assertThat(
            storage()
                .phoneBindings()
                .bind(
                    person.younger(),
                    Sample.tenant(),
                    new BoundPhone(Sample.phoneNumber(), Sample.now()),
                    true,
                    Optional.empty()))
        .isEqualTo(new PhoneBindings.Binding.NoUser());
    assertThat(storage().sessions().endAll(person.younger(), ANN, Sample.now())).isFalse();
  }

  @Test
  default void undoing_a_merge_gives_each_account_back_what_it_was() {
    Person person = linked();
    Tenant tenant = Sample.tenant();
    rename(person.older(), ProfileField.NICKNAME, "Ann", person.at());
    rename(person.younger(), ProfileField.NICKNAME, "Anna", person.at());
    rename(person.younger(), ProfileField.CITY, "Changsha", person.at());
    rename(person.younger(), ProfileField.PROVINCE, "Hunan", person.at());
    PhoneNumber number = Sample.phoneNumber();
    BoundPhone phone = bind(person.younger(), tenant, number, person.at());
    Profile ofOlder = stored(person.older()).profile();
    Profile ofYounger = stored(person.younger()).profile();
    merge(person);

    Merge undone = undo(person);

    assertThat(undone.undoneAt()).contains(person.at().plusSeconds(2));
    assertThat(noted(person)).contains(undone);
    User older = stored(person.older());
    User younger = stored(person.younger());
    assertThat(older.profile()).isEqualTo(ofOlder);
    assertThat(older.phone()).isEmpty();
    assertThat(younger.profile()).isEqualTo(ofYounger);
    assertThat(younger.phone()).contains(phone);
    assertThat(younger.status()).isEqualTo(User.Status.ACTIVE);
    assertThat(isFree(tenant, number)).isFalse();
    assertThat(logInToOlder(person).user().id()).isEqualTo(person.older());
    assertThat(logInToYounger(person).user().id()).isEqualTo(person.younger());
    Logins.Recorded elsewhere =
        login(newMiniProgram(), Sample.identity(Sample.openId(), person.unionId()), person.at());
    assertThat(elsewhere.user().id()).isEqualTo(person.younger());
  }

  @Test
  default void what_was_changed_since_a_merge_stays_when_it_is_undone() {
    Person person = linked();
    rename(person.younger(), ProfileField.CITY, "Changsha", person.at());
    merge(person);
    rename(person.older(), ProfileField.CITY, "Wuhan", person.at().plusSeconds(1));

    undo(person);

    assertThat(stored(person.older()).profile().value(ProfileField.CITY)).contains("Wuhan");
    assertThat(stored(person.younger()).profile().value(ProfileField.CITY)).contains("Changsha");
  }

  @Test
  default void undoing_a_merge_ends_all_sessions() {
    Person person = linked();
    Logins.Recorded before = logInToYounger(person);
    merge(person);
    Logins.Recorded ofOlder = logInToOlder(person);
    Logins.Recorded ofYounger = logInToYounger(person);

    undo(person);

    isOver(ofOlder, person.at().plusSeconds(2));
    isOver(ofYounger, person.at().plusSeconds(2));
    isOver(before, person.at().plusSeconds(2));
  }

  @Test
  default void accounts_that_were_separated_are_not_merged_again() {
    Person person = linked();
    merge(person);
    undo(person);
    UUID id = idOf(person);
    logInToOlder(person);
    logInToYounger(person);

    assertThat(storage().merges().merge(id, ANN, Sample.now()))
        .isEqualTo(new Outcome.NotPossible());
    assertThat(storage().merges().undo(id, ANN, Sample.now())).isEqualTo(new Outcome.NotPossible());
    assertThat(idOf(person)).isEqualTo(id);
  }

  @Test
  default void what_is_not_noted_or_not_merged_can_not_be_merged_or_undone() {
    Person person = linked();

    assertThat(storage().merges().merge(Sample.uuid(), ANN, Sample.now()))
        .isEqualTo(new Outcome.NotPossible());
    assertThat(storage().merges().undo(idOf(person), ANN, Sample.now()))
        .isEqualTo(new Outcome.NotPossible());
    merge(person);
    assertThat(storage().merges().merge(idOf(person), ANN, Sample.now()))
        .isEqualTo(new Outcome.NotPossible());
  }

  @Test
  default void of_several_who_merge_at_once_one_does() {
    Person person = linked();
    UUID id = idOf(person);

    List<Outcome> outcomes =
        AtOnce.run(8, i -> storage().merges().merge(id, ANN, person.at().plusSeconds(1)));

    assertThat(outcomes).filteredOn(Outcome.Done.class::isInstance).hasSize(1);
    assertThat(auditOf(person.older()))
        .filteredOn(event -> event.kind() == AuditEvent.Kind.ACCOUNTS_MERGED)
        .hasSize(1);
  }

  @Test
  default void an_erased_account_takes_what_it_absorbed_along() {
    Person person = linked();
    rename(person.younger(), ProfileField.CITY, "Changsha", person.at());
    merge(person);

    eraseAccount(
        new Visitor(person.appOfOlder(), person.openIdOfOlder(), logInToOlder(person)),
        person.at().plusSeconds(3));

    assertThat(stored(person.older()).status()).isEqualTo(User.Status.DELETED);
    User absorbed = stored(person.younger());
    assertThat(absorbed.status()).isEqualTo(User.Status.DELETED);
    assertThat(absorbed.profile()).isEqualTo(Profile.EMPTY);
    assertThat(noted(person)).isEmpty();
  }

  @Test
  default void what_was_noted_of_an_account_goes_with_it() {
    Person person = linked();
    UUID id = idOf(person);

    eraseAccount(
        new Visitor(person.appOfYounger(), person.openIdOfYounger(), logInToYounger(person)),
        person.at().plusSeconds(3));

    assertThat(noted(person)).isEmpty();
    assertThat(storage().merges().merge(id, ANN, Sample.now()))
        .isEqualTo(new Outcome.NotPossible());
    assertThat(stored(person.older()).status()).isEqualTo(User.Status.ACTIVE);
  }

  @Test
  default void a_merge_and_its_end_are_in_the_audit_log() {
    Person person = linked();
    merge(person);
    undo(person);

    assertThat(auditOf(person.older()))
        .filteredOn(event -> event.actor().equals(ANN))
        .extracting(AuditEvent::kind)
        .containsExactly(AuditEvent.Kind.ACCOUNTS_MERGED, AuditEvent.Kind.MERGE_UNDONE);
    assertThat(auditOf(person.older()))
        .filteredOn(event -> event.actor().equals(ANN))
        .allSatisfy(
            event ->
                assertThat(event.details()).containsEntry("absorbed", person.younger().toString()));
  }

  @Test
  default void merges_of_an_unreachable_storage_are_neither_done_nor_not() {
    Merges merges = unreachableStorage().merges();
    UUID id = Sample.uuid();
    assertThatExceptionOfType(StorageUnavailable.class).isThrownBy(merges::all);
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> merges.merge(id, ANN, Sample.now()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> merges.undo(id, ANN, Sample.now()));
  }
}
