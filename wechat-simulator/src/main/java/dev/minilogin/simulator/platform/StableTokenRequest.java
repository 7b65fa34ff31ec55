package dev.minilogin.simulator.platform;

/** The body of a {@code stable_token} call; absent texts are null. */
public record StableTokenRequest(
    String grantType, String appId, String secret, boolean forceRefresh) {

  @Override
  public String toString() {
    return "StableTokenRequest[appId=" + appId + ", forceRefresh=" + forceRefresh + "]";
  }
}
