package dev.minilogin.simulator.platform;

/** What WeChat thinks of an access_token. */
public enum AccessTokenState {
  VALID,
  /** Its 7200 seconds are over: WeChat says 42001. */
  EXPIRED,
  /** A newer token of the same family took its place: WeChat says 40001. */
  DISPLACED,
  /** Never given out, or long forgotten: WeChat says 40001. */
  UNKNOWN
}
