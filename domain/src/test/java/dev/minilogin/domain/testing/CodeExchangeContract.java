package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link CodeExchange} promises, given a WeChat that it talks to. */
public interface CodeExchangeContract {
  /** The adapter under test. */
  CodeExchange codeExchange();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program, bound to an Open Platform account; always the same one. */
    MiniProgram app();

    /** Another one, bound to the same account; always the same one. */
    MiniProgram otherApp();

    /**
     * What {@code wx.login} gives to a user in a mini program: a new code.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     */
    LoginCode codeFor(String user, MiniProgram app);

    /**
     * Lets the next call of {@link CodeExchange#exchange} end so, however many requests it takes;
     * the call after it finds WeChat well.
     */
    void failNext(WeChatFailure failure);
  }

  @Test
  default void a_code_gives_the_identity_of_its_user() {
    WeChatIdentity alice = identity("alice", weChat().app());
    assertThat(alice.unionId()).isPresent();
    assertThat(alice.sessionKey().reveal()).isNotBlank();
  }

  @Test
  default void a_user_has_the_same_identity_with_every_code() {
    WeChatIdentity first = identity("alice", weChat().app());
    WeChatIdentity second = identity("alice", weChat().app());
    assertThat(second.openId()).isEqualTo(first.openId());
    assertThat(second.unionId()).isEqualTo(first.unionId());
  }

  @Test
  default void two_users_have_two_identities() {
    WeChatIdentity alice = identity("alice", weChat().app());
    WeChatIdentity bob = identity("bob", weChat().app());
    assertThat(bob.openId()).isNotEqualTo(alice.openId());
    assertThat(bob.unionId()).isPresent().isNotEqualTo(alice.unionId());
    assertThat(bob.sessionKey()).isNotEqualTo(alice.sessionKey());
  }

  @Test
  default void a_user_has_another_openid_and_the_same_unionid_in_the_other_mini_program() {
    WeChatIdentity here = identity("alice", weChat().app());
    WeChatIdentity there = identity("alice", weChat().otherApp());
    assertThat(there.openId()).isNotEqualTo(here.openId());
    assertThat(there.unionId()).isPresent().isEqualTo(here.unionId());
  }

  @Test
  default void a_code_is_good_once() {
    LoginCode code = weChat().codeFor("alice", weChat().app());
    assertThat(exchange(code)).isInstanceOf(Reply.Given.class);
    assertThat(exchange(code)).isEqualTo(failed(WeChatFailure.CODE_USED));
  }

  @Test
  default void of_parallel_exchanges_of_one_code_one_succeeds() {
    LoginCode code = weChat().codeFor("alice", weChat().app());
    List<Reply<WeChatIdentity>> results = AtOnce.run(4, _ -> exchange(code));
    assertThat(results).filteredOn(Reply.Given.class::isInstance).hasSize(1);
    assertThat(results)
        .filteredOn(Reply.Failed.class::isInstance)
        .hasSize(3)
        .containsOnly(failed(WeChatFailure.CODE_USED));
  }

  @Test
  default void parallel_exchanges_give_each_code_its_own_user() {
    List<String> users = List.of("alice", "bob", "carol", "dave");
    List<WeChatIdentity> alone =
        users.stream().map(user -> identity(user, weChat().app())).toList();
    List<WeChatIdentity> atOnce =
        AtOnce.run(users.size(), i -> identity(users.get(i), weChat().app()));
    assertThat(atOnce)
        .extracting(WeChatIdentity::openId)
        .containsExactlyElementsOf(alone.stream().map(WeChatIdentity::openId).toList());
  }

  @Test
  default void a_code_that_nobody_gave_is_invalid() {
    assertThat(exchange(Sample.code())).isEqualTo(failed(WeChatFailure.CODE_INVALID));
  }

  @Test
  default void the_longest_code_that_nobody_gave_is_invalid() {
    assertThat(exchange(new LoginCode(Sample.text(128))))
        .isEqualTo(failed(WeChatFailure.CODE_INVALID));
  }

  @Test
  default void a_code_of_another_mini_program_is_invalid() {
    LoginCode code = weChat().codeFor("alice", weChat().otherApp());
    assertThat(exchange(code)).isEqualTo(failed(WeChatFailure.CODE_INVALID));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SESSION_KEY_STALE", "NOT_VISITED"})
  default void a_failure_is_told_and_the_next_exchange_succeeds(WeChatFailure failure) {
    LoginCode code = weChat().codeFor("alice", weChat().app());
    weChat().failNext(failure);
    assertThat(Replies.failure(exchange(code))).isEqualTo(failure);
    LoginCode next = failure.codeSpent() ? weChat().codeFor("alice", weChat().app()) : code;
    assertThat(exchange(next)).isInstanceOf(Reply.Given.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "BUSY", "UNREACHABLE"})
  default void where_waiting_helps_it_is_told_how_long(WeChatFailure failure) {
    weChat().failNext(failure);
    assertThat(Replies.retryAfter(exchange(weChat().codeFor("alice", weChat().app()))))
        .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ZERO));
  }

  @ParameterizedTest
  @EnumSource(names = {"CODE_INVALID", "CODE_USED", "USER_BLOCKED", "APP_REFUSED"})
  default void where_waiting_does_not_help_nobody_is_told_to(WeChatFailure failure) {
    weChat().failNext(failure);
    assertThat(exchange(weChat().codeFor("alice", weChat().app()))).isEqualTo(failed(failure));
  }

  private Reply<WeChatIdentity> exchange(LoginCode code) {
    return codeExchange().exchange(weChat().app(), code);
  }

  private WeChatIdentity identity(String user, MiniProgram app) {
    return Replies.given(codeExchange().exchange(app, weChat().codeFor(user, app)));
  }

  private static Reply.Failed<WeChatIdentity> failed(WeChatFailure failure) {
    return new Reply.Failed<>(failure, Optional.empty());
  }
}
