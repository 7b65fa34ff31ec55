package dev.minilogin.domain.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minilogin.domain.miniprogram.ContentPolicy;
import dev.minilogin.domain.miniprogram.ContentPolicy.Treatment;
import dev.minilogin.domain.testing.Sample;
import dev.minilogin.domain.user.ProfileField;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "PASS, SHOW, HOLD, PASSED",
    "PASS, HOLD, HOLD, PASSED",
    "PASS, REFUSE, REFUSE, PASSED",
    "REVIEW, SHOW, HOLD, PASSED",
    "REVIEW, SHOW, REFUSE, PASSED",
    "REVIEW, HOLD, REFUSE, HELD",
    "REVIEW, REFUSE, HOLD, REFUSED",
    "RISKY, SHOW, HOLD, HELD",
    "RISKY, SHOW, REFUSE, REFUSED",
    "RISKY, HOLD, REFUSE, REFUSED",
    "RISKY, REFUSE, HOLD, HELD"
  })
  void a_policy_says_what_becomes_of_a_verdict(
      Verdict verdict, Treatment onReview, Treatment onRisky, Decision decision) {
    assertThat(verdict.under(new ContentPolicy(true, onReview, onRisky))).isEqualTo(decision);
  }

  @Test
  void where_nothing_else_is_said_what_does_not_pass_is_refused() {
    assertThat(Verdict.PASS.under(ContentPolicy.DEFAULT)).isEqualTo(Decision.PASSED);
    assertThat(Verdict.REVIEW.under(ContentPolicy.DEFAULT)).isEqualTo(Decision.REFUSED);
    assertThat(Verdict.RISKY.under(ContentPolicy.DEFAULT)).isEqualTo(Decision.REFUSED);
  }

  @ParameterizedTest
  @EnumSource
  void nicknames_and_avatars_are_reviewed_and_nothing_else(ProfileField field) {
    Set<ProfileField> reviewed = EnumSet.of(ProfileField.NICKNAME, ProfileField.AVATAR_URL);
    if (reviewed.contains(field)) {
      assertThat(review(field).field()).isEqualTo(field);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> review(field));
    }
  }

  private static Review review(ProfileField field) {
    return new Review(
        Sample.uuid(),
        Sample.userId(),
        Sample.appId(),
        Sample.openId(),
        field,
        "value",
        0,
        Optional.empty());
  }
}
