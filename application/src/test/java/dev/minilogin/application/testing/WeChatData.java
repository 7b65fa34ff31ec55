package dev.minilogin.application.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.InMemoryOpenData;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import java.time.Instant;

/** Open data as WeChat gives it to a client. */
public final class WeChatData {
  private final InMemoryOpenData openData = new InMemoryOpenData();

  /** What opens it. */
  public InMemoryOpenData openData() {
    return openData;
  }

  /** The data of the phone-number button. */
  public EncryptedData phone(SessionKey key, AppId appId, Instant at, PhoneNumber number) {
    return openData.encrypt(
        key,
        "{\"purePhoneNumber\":\"%s\",\"countryCode\":\"%s\",%s}"
            .formatted(number.national(), number.countryCode(), watermark(appId, at)));
  }

  /**
   * The data of a person.
   *
   * @param fields of a JSON object
   */
  public EncryptedData person(
      SessionKey key, AppId appId, Instant at, OpenId openId, String fields) {
    return openData.encrypt(
        key, "{\"openId\":\"%s\",%s,%s}".formatted(openId.value(), fields, watermark(appId, at)));
  }

  private static String watermark(AppId appId, Instant at) {
    return "\"watermark\":{\"appid\":\"%s\",\"timestamp\":%d}"
        .formatted(appId.value(), at.getEpochSecond());
  }
}
