package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.WeChatFailure;

class InMemoryEncryptedDataCheckTest
    implements EncryptedDataCheckContract, EncryptedDataCheckContract.WeChat {
  private final InMemoryEncryptedDataCheck inMemory = new InMemoryEncryptedDataCheck();
  private final MiniProgram app = Sample.miniProgram();

  @Override
  public EncryptedDataCheck encryptedDataCheck() {
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
  public EncryptedData phoneData() {
    EncryptedData data = Sample.encryptedData();
    inMemory.add(data);
    return data;
  }

  @Override
  public void failNext(WeChatFailure failure) {
    inMemory.failNext(failure);
  }
}
