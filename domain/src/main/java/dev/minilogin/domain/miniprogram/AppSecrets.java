package dev.minilogin.domain.miniprogram;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The AppSecrets that a mini program is known by here. WeChat accepts one at a time and an old one
 * no longer once it was reset; but not everybody who configures this server learns of that at the
 * same moment, so that the one before is kept and tried too.
 *
 * @param current what was configured last
 * @param other what to try if WeChat refuses that
 */
public record AppSecrets(AppSecret current, Optional<AppSecret> other) {
  /**
   * @throws IllegalArgumentException if both are the same
   */
  public AppSecrets {
    Objects.requireNonNull(current, "current");
    if (other.filter(current::equals).isPresent()) {
      throw new IllegalArgumentException("the other AppSecret must not be the same");
    }
  }

  /** One AppSecret alone. */
  public static AppSecrets of(AppSecret only) {
    return new AppSecrets(only, Optional.empty());
  }

  /**
   * These, and if they are one alone, what they replace as the other. So an instance that still has
   * an old configuration takes nothing away when it starts.
   */
  public AppSecrets replacing(AppSecrets before) {
    return new AppSecrets(
        current,
        other.or(
            () ->
                Stream.concat(Stream.of(before.current), before.other.stream())
                    .filter(secret -> !secret.equals(current))
                    .findFirst()));
  }
}
