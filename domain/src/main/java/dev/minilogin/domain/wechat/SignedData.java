package dev.minilogin.domain.wechat;

import java.util.Objects;

/**
 * Open data in clear and what proves it: sha1 of it and the session_key.
 *
 * @param rawData byte for byte as WeChat gave it to the client
 * @param signature hexadecimal, in any case
 */
public record SignedData(String rawData, String signature) {
  public SignedData {
    Objects.requireNonNull(rawData, "rawData");
    Objects.requireNonNull(signature, "signature");
  }

  /** Without the data, which is personal. */
  @Override
  public String toString() {
    return "SignedData[masked]";
  }
}
