package dev.minilogin.adapters.wechat.phone;

import dev.minilogin.adapters.wechat.FailingWeChat;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.testing.EncryptedDataCheckContract;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.platform.OpenData;
import org.junit.jupiter.api.AfterEach;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatEncryptedDataCheckTest
    implements EncryptedDataCheckContract, EncryptedDataCheckContract.WeChat {
  private final Scene scene = new Scene();
  private final FailingWeChat weChat = new FailingWeChat(scene);

  @AfterEach
  void close() {
    weChat.close();
  }

  @Override
  public EncryptedDataCheck encryptedDataCheck() {
    return (app, data) ->
        weChat.call(
            WeChatApi.CHECK_ENCRYPTED_DATA,
            EncryptedDataCheck.class,
            port -> port.isMadeByWeChat(app, data));
  }

  @Override
  public WeChat weChat() {
    return this;
  }

  @Override
  public MiniProgram app() {
    return Scene.APP;
  }

  @Override
  public EncryptedData phoneData() {
    OpenData data = scene.simulator().phoneData(Scene.APP.appId().value(), Scene.ALICE);
    return new EncryptedData(data.encryptedData(), data.iv());
  }

  @Override
  public void failNext(WeChatFailure failure) {
    weChat.failNext(failure);
  }
}
