package dev.minilogin.domain.testing;

import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;

class InMemoryOpenDataTest implements OpenDataContract {
  private final InMemoryOpenData inMemory = new InMemoryOpenData();

  @Override
  public OpenData openData() {
    return inMemory;
  }

  @Override
  public EncryptedData encrypt(SessionKey key, String json) {
    return inMemory.encrypt(key, json);
  }

  @Override
  public SignedData sign(SessionKey key, String rawData) {
    return inMemory.sign(key, rawData);
  }

  @Override
  public String encrypt(EncryptKey key, String message) {
    return inMemory.encrypt(key, message);
  }
}
