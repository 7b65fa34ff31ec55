package dev.minilogin.simulator.platform;

/**
 * What {@code wx.getUserProfile} gives today: nothing about the person, but signed and encrypted.
 *
 * @param rawData the JSON of userInfo, to be checked byte by byte
 * @param signature hex of SHA-1 over rawData and the session_key's text
 * @param openData the same JSON with a watermark, encrypted
 */
public record UserInfo(String rawData, String signature, OpenData openData) {

  @Override
  public String toString() {
    return "UserInfo[masked]";
  }
}
