package dev.minilogin.domain.miniprogram;

import dev.minilogin.domain.identifier.Secret;

/**
 * The AppSecret that authenticates a mini program's server at WeChat. It leaves this process only
 * towards WeChat and, sealed, towards the database.
 *
 * @param reveal the secret itself; the name says what reading it means
 */
public record AppSecret(String reveal) implements Secret {
  /**
   * @throws IllegalArgumentException if it is empty, longer than 128 characters or not printable
   *     ASCII
   */
  public AppSecret {
    if (reveal.isEmpty()
        || reveal.length() > 128
        || !reveal.chars().allMatch(c -> c > 32 && c < 127)) {
      throw new IllegalArgumentException("AppSecret must be 1 to 128 printable ASCII characters");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
