package dev.minilogin.adapters.wechat.opendata;

import dev.minilogin.domain.testing.OpenDataContract;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.SignedData;
import io.micronaut.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** Binds the contract to the adapter. */
class WeChatOpenDataTest implements OpenDataContract {
  private final OpenData openData = new WeChatOpenData(JsonMapper.createDefault());

  @Override
  public OpenData openData() {
    return openData;
  }

  @Override
  public EncryptedData encrypt(SessionKey key, String json) {
    return PhoneSide.encrypt(key, json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public SignedData sign(SessionKey key, String rawData) {
    return PhoneSide.sign(key, rawData);
  }

  @Override
  public String encrypt(EncryptKey key, String message) {
    return PhoneSide.encrypt(key, message);
  }
}
