package dev.minilogin.domain.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeChatFailureTest {
  @Test
  void a_code_may_be_sent_again_only_where_wechat_cannot_have_used_it_up() {
    assertThat(Arrays.stream(WeChatFailure.values()).filter(f -> !f.codeSpent()))
        .containsExactlyInAnyOrder(
            WeChatFailure.RATE_LIMITED,
            WeChatFailure.SESSION_KEY_STALE,
            WeChatFailure.NOT_VISITED,
            WeChatFailure.APP_REFUSED,
            WeChatFailure.BUSY,
            WeChatFailure.UNREACHABLE);
  }
}
