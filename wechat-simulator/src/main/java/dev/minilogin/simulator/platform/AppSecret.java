package dev.minilogin.simulator.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A mini program's AppSecret: never printed, compared in constant time. */
public record AppSecret(String value) {

  public AppSecret {
    if (value == null || value.isBlank() || value.length() > 128) {
      throw new IllegalArgumentException("appSecret must have 1 to 128 characters");
    }
  }

  /** Whether a caller gave this secret. */
  boolean matches(String given) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "AppSecret[masked]";
  }
}
