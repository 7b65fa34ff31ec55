package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditEvent.Kind;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.AppSecrets;
import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.EnvVersion;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Policies;
import dev.minilogin.domain.miniprogram.PushKey;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.RiskPolicy;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.miniprogram.SessionPolicy;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.operation.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link dev.minilogin.domain.miniprogram.MiniPrograms} promises. */
public interface MiniProgramsContract extends StorageContract {
  @Test
  default void an_unknown_app_id_finds_nothing() {
    assertThat(storage().miniPrograms().find(Sample.appId())).isEmpty();
  }

  @Test
  default void a_saved_mini_program_is_found_as_it_was_saved() {
    MiniProgram app =
        saved(
            Sample.miniProgram(new SessionLifetimes(Duration.ofMinutes(1), Duration.ofDays(365))));
    assertThat(storage().miniPrograms().find(app.appId())).contains(app);
  }

  @Test
  default void a_disabled_mini_program_is_found_disabled() {
    MiniProgram app = saved(disabled(Sample.miniProgram()));
    assertThat(storage().miniPrograms().find(app.appId())).contains(app);
  }

  @Test
  default void every_policy_is_kept() {
    for (ContentPolicy.Treatment onReview : ContentPolicy.Treatment.values()) {
      for (RiskPolicy.Reaction reaction : RiskPolicy.Reaction.values()) {
        boolean odd = reaction.ordinal() % 2 == 1;
        assertIsKept(
            with(
                new Policies(
                    Sample.tenant(),
                    new ContentPolicy(
                        odd,
                        onReview,
                        odd ? ContentPolicy.Treatment.HOLD : ContentPolicy.Treatment.REFUSE),
                    new RiskPolicy(reaction, 1 + reaction.ordinal()),
                    odd,
                    SessionPolicy.DEFAULT),
                Optional.empty()));
      }
    }
    assertIsKept(
        with(
            new Policies(
                new Tenant(Sample.text(64)),
                ContentPolicy.DEFAULT,
                new RiskPolicy(RiskPolicy.Reaction.REFUSE, 4),
                true,
                SessionPolicy.DEFAULT),
            Optional.empty()));
  }

  static Stream<SessionPolicy> sessionPolicies() {
    return Stream.of(
        new SessionPolicy(Set.of(EnvVersion.RELEASE), 1),
        new SessionPolicy(Set.of(EnvVersion.DEVELOP, EnvVersion.TRIAL), SessionPolicy.MOST),
        new SessionPolicy(Set.of(EnvVersion.TRIAL), 11),
        SessionPolicy.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("sessionPolicies")
  default void every_session_policy_is_kept(SessionPolicy sessions) {
    assertIsKept(Sample.miniProgram(SessionLifetimes.DEFAULT, sessions));
  }

  @ParameterizedTest
  @EnumSource
  default void every_way_to_push_is_kept(PushSettings.Mode mode) {
    for (PushSettings.Format format : PushSettings.Format.values()) {
      for (List<PushKey> keys :
          mode == PushSettings.Mode.PLAIN
              ? List.of(List.<PushKey>of())
              : List.of(List.of(Sample.pushKey()), List.of(Sample.pushKey(), Sample.pushKey()))) {
        assertIsKept(
            with(
                Policies.DEFAULT,
                Optional.of(new PushSettings(mode, format, Sample.pushToken(), keys))));
      }
    }
  }

  @Test
  default void saving_again_replaces_policies_and_push_settings() {
    MiniProgram first =
        saved(
            with(
                new Policies(
                    Sample.tenant(),
                    new ContentPolicy(
                        false, ContentPolicy.Treatment.SHOW, ContentPolicy.Treatment.HOLD),
                    new RiskPolicy(RiskPolicy.Reaction.REFUSE, 2),
                    true,
                    new SessionPolicy(Set.of(EnvVersion.RELEASE), 3)),
                Optional.of(
                    new PushSettings(
                        PushSettings.Mode.SECURE,
                        PushSettings.Format.XML,
                        Sample.pushToken(),
                        List.of(Sample.pushKey(), Sample.pushKey())))));
    awaitFound(
        saved(
            new MiniProgram(
                first.appId(),
                first.secrets(),
                first.enabled(),
                first.lifetimes(),
                first.policies(),
                Optional.of(
                    new PushSettings(
                        PushSettings.Mode.COMPATIBLE,
                        PushSettings.Format.JSON,
                        Sample.pushToken(),
                        List.of(Sample.pushKey()))))));
    awaitFound(
        saved(
            new MiniProgram(
                first.appId(), first.secrets().current(), first.enabled(), first.lifetimes())));
  }

  @Test
  default void both_app_secrets_are_kept_in_their_order_and_the_other_one_goes_again() {
    MiniProgram one = newMiniProgram();
    AppSecret another = Sample.miniProgram().secrets().current();
    AppSecrets both = new AppSecrets(another, Optional.of(one.secrets().current()));
    awaitFound(saved(one.withSecrets(both)));
    awaitFound(saved(one.withSecrets(AppSecrets.of(another))));
  }

  @Test
  default void the_longest_app_id_and_every_printable_character_of_a_secret_are_kept() {
    String printable =
        IntStream.range(33, 127).mapToObj(Character::toString).collect(Collectors.joining());
    MiniProgram app =
        saved(
            new MiniProgram(
                new AppId(Sample.text(64)),
                new AppSecret(printable + "x".repeat(128 - printable.length())),
                true,
                SessionLifetimes.DEFAULT));
    assertThat(storage().miniPrograms().find(app.appId())).contains(app);
  }

  @Test
  default void app_ids_that_differ_only_in_case_are_two_mini_programs() {
    MiniProgram lower = newMiniProgram();
    MiniProgram upper =
        saved(
            new MiniProgram(
                new AppId(lower.appId().value().toUpperCase(Locale.ROOT)),
                Sample.miniProgram().secrets().current(),
                false,
                SessionLifetimes.DEFAULT));
    assertThat(storage().miniPrograms().find(lower.appId())).contains(lower);
    assertThat(storage().miniPrograms().find(upper.appId())).contains(upper);
  }

  @Test
  default void saving_again_replaces_everything() {
    MiniProgram first = newMiniProgram();
    assertThat(storage().miniPrograms().find(first.appId())).contains(first);
    MiniProgram second =
        saved(
            new MiniProgram(
                first.appId(),
                Sample.miniProgram().secrets().current(),
                false,
                new SessionLifetimes(Duration.ofHours(1), Duration.ofHours(2))));
    awaitFound(second);
  }

  @Test
  default void saving_the_same_again_changes_nothing() {
    MiniProgram app = newMiniProgram();
    saved(app);
    assertThat(storage().miniPrograms().find(app.appId())).contains(app);
  }

  @Test
  default void a_mini_program_that_was_asked_for_before_it_was_saved_is_found() {
    MiniProgram app = Sample.miniProgram();
    assertThat(storage().miniPrograms().find(app.appId())).isEmpty();
    awaitFound(saved(app));
  }

  @Test
  default void of_parallel_savings_one_is_kept_whole() {
    AppId appId = Sample.appId();
    List<MiniProgram> versions =
        AtOnce.run(
            16,
            i ->
                saved(
                    new MiniProgram(
                        appId,
                        Sample.miniProgram().secrets().current(),
                        i % 2 == 0,
                        new SessionLifetimes(Duration.ofMinutes(1 + i), Duration.ofHours(1 + i)))));
    assertThat(storage().miniPrograms().find(appId)).get().isIn(versions);
  }

  @Test
  default void saving_leaves_other_mini_programs_alone() {
    MiniProgram other = newMiniProgram();
    newMiniProgram();
    assertThat(storage().miniPrograms().find(other.appId())).contains(other);
  }

  @Test
  default void mini_programs_of_an_unreachable_storage_are_neither_there_nor_not() {
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().miniPrograms().find(Sample.appId()));
    assertThatExceptionOfType(StorageUnavailable.class)
        .isThrownBy(() -> unreachableStorage().miniPrograms().save(Sample.miniProgram()));
  }

  /** What is found may be a few seconds old. */
  private void awaitFound(MiniProgram app) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> storage().miniPrograms().find(app.appId()).equals(Optional.of(app)));
  }

  private void assertIsKept(MiniProgram app) {
    saved(app);
    assertThat(storage().miniPrograms().find(app.appId())).contains(app);
  }

  private static MiniProgram with(Policies policies, Optional<PushSettings> push) {
    MiniProgram app = Sample.miniProgram();
    return new MiniProgram(
        app.appId(), app.secrets(), app.enabled(), app.lifetimes(), policies, push);
  }

  private static MiniProgram disabled(MiniProgram app) {
    return new MiniProgram(app.appId(), app.secrets().current(), false, app.lifetimes());
  }

  // What the audit log says

  @Test
  default void a_mini_program_that_is_new_or_changed_is_in_the_audit_log() {
    MiniProgram app = newMiniProgram();
    saved(app);
    saved(app.withEnabled(false));
    saved(app.withEnabled(false));
    saved(new MiniProgram(app.appId(), new AppSecret("another-secret"), true, app.lifetimes()));
    assertThat(auditOf(app.appId()))
        .allSatisfy(event -> assertThat(event.actor()).isEqualTo(Actor.SYSTEM))
        .extracting(event -> event.kind() + " " + event.details())
        .containsExactlyInAnyOrder(
            "MINI_PROGRAM_REGISTERED {}",
            "MINI_PROGRAM_CHANGED {changed=enabled}",
            "MINI_PROGRAM_CHANGED {changed=secret,enabled}");
  }

  @Test
  default void of_those_who_save_a_new_mini_program_at_once_one_registers_it() {
    MiniProgram app = Sample.miniProgram();
    AtOnce.run(8, _ -> saved(app));
    assertThat(auditOf(app.appId()))
        .extracting(AuditEvent::kind)
        .containsExactly(Kind.MINI_PROGRAM_REGISTERED);
  }
}
