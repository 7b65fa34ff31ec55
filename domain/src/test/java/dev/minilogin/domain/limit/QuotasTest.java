package dev.minilogin.domain.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotasTest {
  @ParameterizedTest
  @EnumSource
  void every_use_is_limited_unless_said_otherwise(LimitedUse use) {
    assertThat(Quotas.defaultsBut(Map.of()).limit(use).orElseThrow().quota())
        .isEqualTo(use.defaultQuota())
        .isPositive();
    assertThat(Quotas.UNLIMITED.limit(use)).isEmpty();
  }

  @Test
  void a_quota_may_be_another_or_none() {
    Quotas quotas =
        Quotas.defaultsBut(Map.of(LimitedUse.LOGINS_PER_NETWORK, 7, LimitedUse.LOGINS_PER_APP, 0));
    assertThat(quotas.limit(LimitedUse.LOGINS_PER_NETWORK))
        .contains(new Limit("logins-per-network", 7, Duration.ofMinutes(1), true));
    assertThat(quotas.limit(LimitedUse.LOGINS_PER_APP)).isEmpty();
  }

  @Test
  void a_limit_can_be_kept_and_told() {
    Duration minute = Duration.ofMinutes(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Limit("", 1, minute, true));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limit("a\"b", 1, minute, true));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limit("a", 0, minute, true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Limit("a", 1, Duration.ofMillis(1_500), true));
    assertThatIllegalArgumentException().isThrownBy(() -> new Limit("a", 1, Duration.ZERO, true));
  }
}
