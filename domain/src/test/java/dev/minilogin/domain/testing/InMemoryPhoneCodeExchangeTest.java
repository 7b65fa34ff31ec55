package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.WeChatFailure;

class InMemoryPhoneCodeExchangeTest
    implements PhoneCodeExchangeContract, PhoneCodeExchangeContract.WeChat {
  private final InMemoryWeChat people = new InMemoryWeChat();
  private final InMemoryPhoneCodeExchange inMemory = new InMemoryPhoneCodeExchange();
  private final MiniProgram app = Sample.miniProgram();
  private final MiniProgram otherApp = Sample.miniProgram();

  @Override
  public PhoneCodeExchange phoneCodeExchange() {
    return inMemory;
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return app;
  }

  @Override
  public MiniProgram otherApp() {
    return otherApp;
  }

  @Override
  public OpenId openIdOf(String user, MiniProgram in) {
    return people.openIdOf(user, in);
  }

  @Override
  public PhoneCode codeFor(String user, MiniProgram in, PhoneNumber number) {
    return inMemory.codeFor(in, people.openIdOf(user, in), number);
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }
}
