package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
                Sample.miniProgram().secret(),
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
                Sample.miniProgram().secret(),
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
                        Sample.miniProgram().secret(),
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

  private static MiniProgram disabled(MiniProgram app) {
    return new MiniProgram(app.appId(), app.secret(), false, app.lifetimes());
  }
}
