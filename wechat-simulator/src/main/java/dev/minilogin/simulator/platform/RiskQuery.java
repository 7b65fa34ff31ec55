package dev.minilogin.simulator.platform;

/**
 * The body of a {@code getuserriskrank} call, as far as it matters.
 *
 * @param scene 0 registration, 1 marketing, 2 content of users
 */
public record RiskQuery(String appId, String openid, int scene) {

  @Override
  public String toString() {
    return "RiskQuery[appId=" + appId + ", scene=" + scene + "]";
  }
}
