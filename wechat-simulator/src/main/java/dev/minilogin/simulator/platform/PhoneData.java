package dev.minilogin.simulator.platform;

import java.time.Instant;

/**
 * What the phone encrypts for a mini program: JSON that ends with a watermark. Not thread-safe:
 * {@link WeChatPlatform} locks.
 */
final class PhoneData {

  /** What everybody is called since November 2022. */
  private static final String ANONYMOUS =
      "{\"nickName\":\"微信用户\",\"gender\":0,\"language\":\"\",\"city\":\"\",\"province\":\"\","
          + "\"country\":\"\",\"avatarUrl\":\"https://thirdwx.qlogo.cn/mmopen/vi_32/"
          + "POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg"
          + "/132\",\"is_demote\":true}";

  private final State state;

  PhoneData(State state) {
    this.state = state;
  }

  /** Any JSON object, encrypted under the user's session_key. */
  OpenData encrypted(Owner owner, String json) {
    String iv = RandomText.key();
    String key = state.sessionKeys.current(owner, state.now());
    return new OpenData(
        OpenDataCipher.encrypt(key, iv, watermarked(json, owner.appId(), state.now())), iv);
  }

  /** The user's phone number, encrypted and known to checkencryptedmsg. */
  OpenData phone(Owner owner) {
    PhoneNumber number = state.people.user(owner.user()).phoneNumber();
    OpenData data =
        encrypted(
            owner,
            "{\"phoneNumber\":\"%s\",\"purePhoneNumber\":\"%s\",\"countryCode\":\"%s\"}"
                .formatted(number.phoneNumber(), number.purePhoneNumber(), number.countryCode()));
    state.encryptedMessages.register(owner.appId(), data.encryptedData(), state.now());
    return data;
  }

  UserInfo anonymous(Owner owner) {
    String key = state.sessionKeys.current(owner, state.now());
    return new UserInfo(
        ANONYMOUS, Digests.rawDataSignature(ANONYMOUS, key), encrypted(owner, ANONYMOUS));
  }

  /** The object with one more field at its end, and every other byte as it was. */
  static String watermarked(String json, String appId, Instant at) {
    String object = json.strip();
    if (!object.startsWith("{") || !object.endsWith("}")) {
      throw new IllegalArgumentException("open data must be a JSON object");
    }
    String fields = object.substring(0, object.length() - 1).stripTrailing();
    return "%s%s\"watermark\":{\"timestamp\":%d,\"appid\":\"%s\"}}"
        .formatted(fields, fields.endsWith("{") ? "" : ",", at.getEpochSecond(), appId);
  }
}
