package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What {@link PluginCodeExchange} promises, given a WeChat that it talks to. */
public interface PluginCodeExchangeContract extends WeChatCallContract {
  /** The adapter under test. */
  PluginCodeExchange pluginCodeExchange();

  /** What it talks to. */
  WeChat weChat();

  /** WeChat, as a test can play with it. */
  interface WeChat {
    /** A mini program with a plugin; always the same one. */
    MiniProgram app();

    /** Another one; always the same one. */
    MiniProgram otherApp();

    /**
     * What {@code wx.pluginLogin} gives to a user in a mini program: a new code.
     *
     * @param user a short name in lower case; whoever is not known yet is made
     */
    PluginCode codeFor(String user, MiniProgram app);

    /** As {@link WeChatCallContract#failNext} says. */
    void failNext(WeChatFailure failure);
  }

  @Override
  default List<Supplier<Reply<?>>> calls() {
    return List.of(() -> exchange(codeOf("alice")));
  }

  @Override
  default void failNext(WeChatFailure failure) {
    weChat().failNext(failure);
  }

  @Test
  default void a_user_has_the_same_openpid_with_every_code_and_nobody_else_has_it() {
    OpenPid alice = Replies.given(exchange(codeOf("alice")));
    assertThat(Replies.given(exchange(codeOf("alice")))).isEqualTo(alice);
    assertThat(Replies.given(exchange(codeOf("bob")))).isNotEqualTo(alice);
  }

  @Test
  default void a_code_is_good_once() {
    PluginCode code = codeOf("alice");
    assertThat(exchange(code)).isInstanceOf(Reply.Given.class);
    assertThat(exchange(code)).isEqualTo(invalid());
  }

  @Test
  default void of_parallel_exchanges_of_one_code_one_succeeds() {
    PluginCode code = codeOf("alice");
    List<Reply<OpenPid>> replies = AtOnce.run(4, _ -> exchange(code));
    assertThat(replies).filteredOn(Reply.Given.class::isInstance).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.equals(invalid())).hasSize(3);
  }

  @Test
  default void a_code_of_another_mini_program_is_invalid() {
    assertThat(exchange(weChat().codeFor("alice", weChat().otherApp()))).isEqualTo(invalid());
  }

  @Test
  default void a_code_that_nobody_gave_is_invalid() {
    assertThat(exchange(Sample.pluginCode())).isEqualTo(invalid());
    assertThat(exchange(new PluginCode(Sample.text(256)))).isEqualTo(invalid());
  }

  private PluginCode codeOf(String user) {
    return weChat().codeFor(user, weChat().app());
  }

  private Reply<OpenPid> exchange(PluginCode code) {
    return pluginCodeExchange().exchange(weChat().app(), code);
  }

  private static Reply<OpenPid> invalid() {
    return new Reply.Failed<>(WeChatFailure.CODE_INVALID);
  }
}
