package dev.minilogin.domain.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
  @Test
  void where_nothing_else_is_said_every_build_is_admitted_and_a_user_has_ten_sessions() {
    assertThat(SessionPolicy.DEFAULT).isEqualTo(new SessionPolicy(Set.of(EnvVersion.values()), 10));
  }

  @ParameterizedTest
  @EnumSource
  void a_build_is_admitted_if_it_is_said_to_be(EnvVersion build) {
    assertThat(new SessionPolicy(EnumSet.of(build), 1).admits(Optional.of(build))).isTrue();
    assertThat(
            new SessionPolicy(EnumSet.complementOf(EnumSet.of(build)), 1)
                .admits(Optional.of(build)))
        .isFalse();
  }

  @Test
  void who_does_not_say_its_build_is_a_released_one() {
    assertThat(new SessionPolicy(Set.of(EnvVersion.RELEASE), 1).admits(Optional.empty())).isTrue();
    assertThat(
            new SessionPolicy(Set.of(EnvVersion.DEVELOP, EnvVersion.TRIAL), 1)
                .admits(Optional.empty()))
        .isFalse();
  }

  @Test
  void a_policy_that_admits_nobody_cannot_be_made() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(Set.of(), 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void a_user_may_have_1_to_100_sessions(int perUser) {
    assertThat(new SessionPolicy(Set.of(EnvVersion.RELEASE), perUser).perUser()).isEqualTo(perUser);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101, Integer.MAX_VALUE})
  void a_user_may_have_no_other_number_of_sessions(int perUser) {
    Set<EnvVersion> admitted = Set.of(EnvVersion.RELEASE);
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionPolicy(admitted, perUser));
  }

  @Test
  void what_is_admitted_stays_as_it_was_given() {
    Set<EnvVersion> given = EnumSet.of(EnvVersion.TRIAL);
    SessionPolicy policy = new SessionPolicy(given, 10);
    given.add(EnvVersion.RELEASE);
    assertThat(policy.admitted()).containsExactly(EnvVersion.TRIAL);
  }
}
