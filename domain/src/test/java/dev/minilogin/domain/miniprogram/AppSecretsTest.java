package dev.minilogin.domain.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppSecretsTest {
  private final AppSecret first = new AppSecret("1".repeat(32));
  private final AppSecret second = new AppSecret("2".repeat(32));
  private final AppSecret third = new AppSecret("3".repeat(32));

  @Test
  void the_other_one_is_another_one() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AppSecrets(first, Optional.of(first)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(first.reveal()));
  }

  @Test
  void what_one_alone_replaces_is_kept_as_the_other() {
    AppSecrets replaced = AppSecrets.of(second).replacing(AppSecrets.of(first));
    assertThat(replaced).isEqualTo(new AppSecrets(second, Optional.of(first)));
    assertThat(AppSecrets.of(third).replacing(replaced))
        .isEqualTo(new AppSecrets(third, Optional.of(second)));
  }

  @Test
  void an_old_one_that_comes_back_takes_the_new_one_from_nobody() {
    AppSecrets both = new AppSecrets(second, Optional.of(first));
    assertThat(AppSecrets.of(first).replacing(both))
        .isEqualTo(new AppSecrets(first, Optional.of(second)));
    assertThat(AppSecrets.of(second).replacing(both)).isEqualTo(both);
  }

  @Test
  void two_that_are_given_replace_both() {
    AppSecrets given = new AppSecrets(third, Optional.of(first));
    assertThat(given.replacing(AppSecrets.of(second))).isEqualTo(given);
  }

  @Test
  void one_that_stays_alone_has_no_other() {
    assertThat(AppSecrets.of(first).replacing(AppSecrets.of(first)))
        .isEqualTo(AppSecrets.of(first));
  }
}
