package dev.minilogin.adapters.wechat.phone;

import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.SimulatedWeChat;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.testing.EncryptedDataCheckContract;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.simulator.platform.OpenData;

/** Binds the contract to the adapter and a simulated WeChat. */
class WeChatEncryptedDataCheckTest extends SimulatedWeChat
    implements EncryptedDataCheckContract, EncryptedDataCheckContract.WeChat {

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
  public EncryptedData phoneData() {
    OpenData data = scene.simulator().phoneData(Scene.APP.appId().value(), Scene.ALICE);
    return new EncryptedData(data.encryptedData(), data.iv());
  }
}
