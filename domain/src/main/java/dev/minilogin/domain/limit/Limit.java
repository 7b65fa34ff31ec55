package dev.minilogin.domain.limit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How often something may be done.
 *
 * @param name the same in every release: clients see it
 * @param quota how often within a window; at least 1
 * @param window whole seconds; it begins with the first use after the one before has ended
 * @param exact whether all instances are asked before more than a small part of the quota is used;
 *     otherwise nobody waits for them, and more may pass for a moment
 */
public record Limit(String name, int quota, Duration window, boolean exact) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z-]{0,63}");

  public Limit {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a limit's name is lower-case letters and hyphens");
    }
    if (quota < 1) {
      throw new IllegalArgumentException("a quota is at least 1");
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.toNanosPart() != 0) {
      throw new IllegalArgumentException("a window is of whole seconds");
    }
  }
}
