package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.RiskAssessment;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link RiskAssessment} promises, given a WeChat that it talks to. */
public interface RiskAssessmentContract extends WeChatCallContract {
  /** The adapter under test. */
  RiskAssessment riskAssessment();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program; always the same one. */
    MiniProgram app();

    /**
     * The openid of a user who logs in to the mini program now.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     * @param rank how much of a risk WeChat takes them for from now on
     */
    OpenId logIn(String user, int rank);

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(() -> rank(weChat().logIn("alice", 0), "203.0.113.7"));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  default void everybody_has_the_rank_that_wechat_says(int rank) {
    OpenId alice = weChat().logIn("alice", rank);
    OpenId bob = weChat().logIn("bob", 4 - rank);
    assertThat(rank(alice, "203.0.113.7")).isEqualTo(new Reply.Given<>(rank));
    assertThat(rank(bob, "203.0.113.7")).isEqualTo(new Reply.Given<>(4 - rank));
  }

  @Test
  default void a_login_can_come_from_any_address() {
    OpenId alice = weChat().logIn("alice", 3);
    for (String address : List.of("203.0.113.7", "2001:db8::7", "::1")) {
      assertThat(rank(alice, address)).isEqualTo(new Reply.Given<>(3));
    }
  }

  @Test
  default void who_has_been_away_too_long_for_wechat_is_told() {
    OpenId alice = weChat().logIn("alice", 1);
    weChat().failNext(WeChatFailure.NOT_VISITED);
    assertThat(Replies.failure(rank(alice, "203.0.113.7"))).isEqualTo(WeChatFailure.NOT_VISITED);
  }

  private Reply<Integer> rank(OpenId openId, String clientAddress) {
    return riskAssessment().rank(weChat().app(), openId, clientAddress);
  }
}
