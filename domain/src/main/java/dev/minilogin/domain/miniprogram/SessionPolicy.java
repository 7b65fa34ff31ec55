package dev.minilogin.domain.miniprogram;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which logins a mini program lets in, and how many sessions a user may have.
 *
 * @param admitted the builds whose users may log in here, at least one: an instance for everybody
 *     need not admit developers, and a developers' instance nobody else. A client that doesn't say
 *     which build it is counts as {@link EnvVersion#RELEASE}
 * @param perUser how many sessions a user may have at a time, in all mini programs together, 1 to
 *     {@link #MOST}; a login beyond that ends the least recently used one
 */
public record SessionPolicy(Set<EnvVersion> admitted, int perUser) {
  /** The most sessions that a user may be allowed. */
  public static final int MOST = 100;

  /** Every build, and ten sessions. */
  public static final SessionPolicy DEFAULT =
      new SessionPolicy(EnumSet.allOf(EnvVersion.class), 10);

  /**
   * @throws IllegalArgumentException if nothing is admitted or the number is out of its range
   */
  public SessionPolicy {
    admitted = Set.copyOf(admitted);
    if (admitted.isEmpty()) {
      throw new IllegalArgumentException("at least one build must be admitted");
    }
    if (perUser < 1 || perUser > MOST) {
      throw new IllegalArgumentException("sessions per user must be 1 to " + MOST);
    }
  }

  /** Whether a client of that build may log in. */
  public boolean admits(Optional<EnvVersion> build) {
    return admitted.contains(build.orElse(EnvVersion.RELEASE));
  }
}
