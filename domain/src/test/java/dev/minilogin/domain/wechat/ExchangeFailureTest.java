package dev.minilogin.domain.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExchangeFailureTest {
  @Test
  void a_code_may_be_sent_again_only_where_wechat_cannot_have_used_it_up() {
    assertThat(Arrays.stream(ExchangeFailure.values()).filter(f -> !f.codeSpent()))
        .containsExactlyInAnyOrder(
            ExchangeFailure.RATE_LIMITED,
            ExchangeFailure.APP_REFUSED,
            ExchangeFailure.BUSY,
            ExchangeFailure.UNREACHABLE);
  }
}
