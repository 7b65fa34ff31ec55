package dev.minilogin.simulator.platform;

/**
 * What the phone hands to a mini program encrypted under the user's session_key.
 *
 * @param encryptedData base64
 * @param iv base64 of 16 bytes
 */
public record OpenData(String encryptedData, String iv) {

  @Override
  public String toString() {
    return "OpenData[masked]";
  }
}
