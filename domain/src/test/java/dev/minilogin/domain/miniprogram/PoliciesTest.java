package dev.minilogin.domain.miniprogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.ContentPolicy.Treatment;
import dev.minilogin.domain.miniprogram.RiskPolicy.Reaction;
import dev.minilogin.domain.testing.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
  @Test
  void where_nothing_else_is_said_everything_is_checked_and_the_highest_risk_is_flagged() {
    assertThat(Policies.DEFAULT.tenant()).isEqualTo(new Tenant("default"));
    assertThat(Policies.DEFAULT.content())
        .isEqualTo(new ContentPolicy(true, Treatment.REFUSE, Treatment.REFUSE));
    assertThat(Policies.DEFAULT.risk()).isEqualTo(new RiskPolicy(Reaction.FLAG, 4));
    assertThat(Policies.DEFAULT.encryptedDataChecked()).isTrue();
    assertThat(Policies.DEFAULT.sessions()).isEqualTo(SessionPolicy.DEFAULT);
  }

  @Test
  void risky_content_is_never_shown() {
    for (Treatment onReview : Treatment.values()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ContentPolicy(true, onReview, Treatment.SHOW));
      for (Treatment onRisky : List.of(Treatment.HOLD, Treatment.REFUSE)) {
        assertThat(new ContentPolicy(false, onReview, onRisky).onRisky()).isEqualTo(onRisky);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void a_risk_is_acted_on_from_a_rank_of_1_to_4(int from) {
    assertThat(new RiskPolicy(Reaction.REFUSE, from).from()).isEqualTo(from);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5})
  void there_is_no_other_rank_to_act_on(int from) {
    assertThatIllegalArgumentException().isThrownBy(() -> new RiskPolicy(Reaction.OFF, from));
  }

  @Test
  void a_mini_program_keeps_everything_when_it_is_disabled() {
    MiniProgram bare = Sample.miniProgram();
    assertThat(bare.policies()).isEqualTo(Policies.DEFAULT);
    assertThat(bare.push()).isEmpty();
    MiniProgram app =
        new MiniProgram(
            bare.appId(),
            bare.secrets(),
            true,
            bare.lifetimes(),
            new Policies(
                Sample.tenant(),
                ContentPolicy.DEFAULT,
                new RiskPolicy(Reaction.OFF, 1),
                true,
                SessionPolicy.DEFAULT),
            Optional.of(
                new PushSettings(
                    PushSettings.Mode.PLAIN,
                    PushSettings.Format.JSON,
                    Sample.pushToken(),
                    List.of())));
    assertThat(app.withEnabled(false))
        .isEqualTo(
            new MiniProgram(
                app.appId(), app.secrets(), false, app.lifetimes(), app.policies(), app.push()));
    assertThat(app.withEnabled(false).withEnabled(true)).isEqualTo(app);
  }
}
