package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The codes that {@code wx.login} gave out. Not thread-safe: {@link WeChatPlatform} locks. */
final class LoginCodes {

  /**
   * The oldest codes are forgotten (and then unknown), so that a load test can't fill the memory.
   */
  private static final int REMEMBERED = 100_000;

  private final Map<String, Issued> codes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Issued> eldest) {
          return size() > REMEMBERED;
        }
      };

  String issue(String appId, String user, Instant expiresAt) {
    String code = RandomText.loginCode();
    codes.put(code, new Issued(appId, user, expiresAt, false));
    return code;
  }

  /** A code as the given app may see it: another app's codes are as unknown as junk. */
  Optional<Issued> find(String code, String appId) {
    return Optional.ofNullable(codes.get(code)).filter(issued -> issued.appId.equals(appId));
  }

  /** From now on the code has been used, for as long as it is remembered. */
  void burn(String code) {
    codes.computeIfPresent(
        code, (key, issued) -> new Issued(issued.appId, issued.user, issued.expiresAt, true));
  }

  void clear() {
    codes.clear();
  }

  record Issued(String appId, String user, Instant expiresAt, boolean used) {}
}
