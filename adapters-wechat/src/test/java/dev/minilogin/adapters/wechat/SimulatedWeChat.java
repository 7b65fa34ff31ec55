package dev.minilogin.adapters.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.WeChatFailure;
import org.junit.jupiter.api.AfterEach;

/** What every binding of a contract to the adapter and a simulated WeChat needs. */
public abstract class SimulatedWeChat {
  protected final Scene scene = new Scene();
  protected final FailingWeChat weChat = new FailingWeChat(scene);

  @AfterEach
  void close() {
    weChat.close();
  }

  public MiniProgram app() {
    return Scene.APP;
  }

  public MiniProgram otherApp() {
    return Scene.OTHER_APP;
  }

  public void failNext(WeChatFailure failure) {
    weChat.failNext(failure);
  }
}
