package dev.minilogin.simulator.platform;

/**
 * What the calls about a user's session_key carry in the query; absent texts are null.
 *
 * @param signature hex of the HMAC-SHA256 of the empty text under the session_key, in any case
 * @param sigMethod {@code hmac_sha256} is the only one
 */
public record SignedRequest(String openid, String signature, String sigMethod) {

  private static final String ONLY_METHOD = "hmac_sha256";

  boolean isComplete() {
    return isPresent(openid) && isPresent(signature) && isPresent(sigMethod);
  }

  boolean hasKnownMethod() {
    return ONLY_METHOD.equals(sigMethod);
  }

  boolean isSignedWith(String sessionKey) {
    return Digests.hmac(sessionKey, "").equalsIgnoreCase(signature);
  }

  private static boolean isPresent(String parameter) {
    return parameter != null && !parameter.isEmpty();
  }

  @Override
  public String toString() {
    return "SignedRequest[masked]";
  }
}
