package dev.minilogin.domain.wechat;

import java.util.regex.Pattern;

/**
 * Open data as WeChat gives it to a client: AES-128-CBC under the person's session_key (开放数据校验与解密).
 * It says who it is about only once it is open, so it is not printed.
 *
 * @param data base64 of 16 bytes to 16 KiB
 * @param iv base64 of 16 bytes
 */
public record EncryptedData(String data, String iv) {
  private static final int LONGEST = 4 * 16 * 1024 / 3 + 4;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
  private static final Pattern IV = Pattern.compile("[A-Za-z0-9+/]{22}==");

  /** Whether texts from outside have the form of encrypted data and its iv. */
  public static boolean isWellFormed(String data, String iv) {
    return isDataWellFormed(data) && isIvWellFormed(iv);
  }

  /** Whether a text from outside has the form of encrypted data. */
  public static boolean isDataWellFormed(String data) {
    return data.length() <= LONGEST && data.length() % 4 == 0 && BASE64.matcher(data).matches();
  }

  /** Whether a text from outside has the form of an iv. */
  public static boolean isIvWellFormed(String iv) {
    return IV.matcher(iv).matches();
  }

  /**
   * @throws IllegalArgumentException if a part has another form
   */
  public EncryptedData {
    if (!isWellFormed(data, iv)) {
      throw new IllegalArgumentException("encryptedData and iv must be base64 of the right length");
    }
  }

  @Override
  public String toString() {
    return "EncryptedData[masked]";
  }
}
