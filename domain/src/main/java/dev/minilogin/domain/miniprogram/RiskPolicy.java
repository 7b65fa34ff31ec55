package dev.minilogin.domain.miniprogram;

import java.util.Objects;

/**
 * What a mini program does about people whom WeChat takes for a risk (getUserRiskRank).
 *
 * @param reaction what is done
 * @param from from which rank on, 1 to 4; 4 is the highest
 */
public record RiskPolicy(Reaction reaction, int from) {
  /** Those of the highest rank are flagged and let in. */
  public static final RiskPolicy DEFAULT = new RiskPolicy(Reaction.FLAG, 4);

  /** What is done about a risk. */
  public enum Reaction {
    /** WeChat isn't asked. */
    OFF,
    /** WeChat is asked after the login, which waits for nothing; the rank is written down. */
    FLAG,
    /** WeChat is asked before the login is answered. If it can't be asked, the person is let in. */
    REFUSE
  }

  /**
   * @throws IllegalArgumentException if there is no such rank
   */
  public RiskPolicy {
    Objects.requireNonNull(reaction, "reaction");
    if (from < 1 || from > 4) {
      throw new IllegalArgumentException("a risk rank to act on must be 1 to 4");
    }
  }
}
