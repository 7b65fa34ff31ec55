package dev.minilogin.domain.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import org.junit.jupiter.api.Test;

class InMemoryWeChatTest implements CodeExchangeContract {
  private final InMemoryWeChat inMemory = new InMemoryWeChat();
  private final MiniProgram app = Sample.miniProgram();
  private final MiniProgram otherApp = Sample.miniProgram();

  InMemoryWeChatTest() {
    inMemory.bind(app, "acme");
    inMemory.bind(otherApp, "acme");
  }

  @Override
  public CodeExchange codeExchange() {
    return inMemory;
  }

  @Override
  public WeChat weChat() {
    return new WeChat() {
      @Override
      public MiniProgram app() {
        return app;
      }

      @Override
      public MiniProgram otherApp() {
        return otherApp;
      }

      @Override
      public LoginCode codeFor(String user, MiniProgram in) {
        return inMemory.codeFor(user, in);
      }

      @Override
      public void failNext(WeChatFailure failure) {
        inMemory.failNext(failure);
      }
    };
  }

  @Test
  void an_identity_is_foretold() {
    Reply<WeChatIdentity> result = inMemory.exchange(app, inMemory.codeFor("alice", app));
    WeChatIdentity alice = Replies.given(result);
    assertThat(alice.openId()).isEqualTo(inMemory.openIdOf("alice", app));
    assertThat(alice.unionId()).isEqualTo(inMemory.unionIdOf("alice", app));
  }

  @Test
  void a_user_has_no_unionid_in_a_mini_program_that_is_bound_to_no_account() {
    MiniProgram unbound = Sample.miniProgram();
    WeChatIdentity alice =
        Replies.given(inMemory.exchange(unbound, inMemory.codeFor("alice", unbound)));
    assertThat(alice.unionId()).isEmpty();
  }

  @Test
  void a_held_exchange_is_counted_and_ends_when_it_is_let_go() {
    inMemory.hold();
    InBackground<Reply<WeChatIdentity>> exchange =
        InBackground.start(() -> inMemory.exchange(app, inMemory.codeFor("alice", app)));
    await().until(() -> inMemory.exchanges() == 1);
    exchange.untilItWaits();
    assertThat(exchange.isOver()).isFalse();
    inMemory.letGo();
    assertThat(exchange.result()).isInstanceOf(Reply.Given.class);
    assertThat(inMemory.exchanges()).isEqualTo(1);
  }
}
