package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.AppSecret;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.SessionLifetimes;
import dev.minilogin.domain.testing.CodeExchangeContract;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.simulator.Options;
import dev.minilogin.simulator.WeChatSimulator;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.App;
import org.junit.jupiter.api.AfterEach;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatCodeExchangeTest implements CodeExchangeContract, CodeExchangeContract.WeChat {
  private static final MiniProgram APP = app("wx0000aaaa1111bbbb");
  private static final MiniProgram OTHER_APP = app("wx2222cccc3333dddd");

  private final WeChatSimulator simulator =
      WeChatSimulator.start(Options.defaults().withApp(known(APP)).withApp(known(OTHER_APP)));
  private final WeChatAdapter adapter = WeChatAdapter.to(simulator.uri());
  private final WeChatAdapter lost = WeChatAdapter.to(WeChatAdapter.nobody());
  private boolean unreachableNext;

  @AfterEach
  void close() {
    adapter.close();
    lost.close();
    simulator.close();
  }

  @Override
  public CodeExchange codeExchange() {
    return (app, code) -> {
      boolean unreachable = unreachableNext;
      unreachableNext = false;
      return (unreachable ? lost : adapter).codeExchange().exchange(app, code);
    };
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return APP;
  }

  @Override
  public MiniProgram otherApp() {
    return OTHER_APP;
  }

  @Override
  public LoginCode codeFor(String user, MiniProgram app) {
    return new LoginCode(simulator.issueCode(app.appId().value(), user));
  }

  @Override
  public void failNext(ExchangeFailure failure) {
    var fault = Fault.on(Api.JSCODE2SESSION);
    switch (failure) {
      case CODE_INVALID -> simulator.addFault(fault.errcode(40029).times(1));
      case CODE_USED -> simulator.addFault(fault.errcode(40163).times(1));
      case USER_BLOCKED -> simulator.addFault(fault.errcode(40226).times(1));
      case RATE_LIMITED -> simulator.addFault(fault.errcode(45011).times(1));
      case APP_REFUSED -> simulator.addFault(fault.errcode(40125).times(1));
      case BUSY -> simulator.addFault(fault.errcode(-1).times(1));
      case INVALID_ANSWER -> simulator.addFault(fault.httpStatus(502).body("<html>").times(1));
      case TIMED_OUT -> simulator.addFault(fault.hang().times(1));
      case UNREACHABLE -> unreachableNext = true;
    }
  }

  private static MiniProgram app(String appId) {
    return new MiniProgram(
        new AppId(appId), new AppSecret("0".repeat(32)), true, SessionLifetimes.DEFAULT);
  }

  private static App known(MiniProgram app) {
    return App.of(app.appId().value(), app.secret().reveal(), "open-platform");
  }
}
