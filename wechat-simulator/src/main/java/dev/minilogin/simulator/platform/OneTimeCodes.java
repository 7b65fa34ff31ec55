package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Codes of one kind that were given out. Not thread-safe: {@link WeChatPlatform} locks. */
final class OneTimeCodes {

  /**
   * The oldest codes are forgotten (and then unknown), so that a load test can't fill the memory.
   */
  private static final int REMEMBERED = 100_000;

  private final Supplier<String> text;
  private final Map<String, Issued> codes =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Issued> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Draws the text of each code from there. */
  OneTimeCodes(Supplier<String> text) {
    this.text = text;
  }

  String issue(String appId, String user, Instant now, Instant expiresAt) {
    String code = text.get();
    codes.put(code, new Issued(appId, user, now, expiresAt, false));
    return code;
  }

  /** What is known of a code, used or not. */
  Optional<Issued> find(String code) {
    return Optional.ofNullable(codes.get(code));
  }

  /** The codes that can still be exchanged, oldest first. */
  List<PendingCode> pending(String kind, Instant now) {
    return codes.entrySet().stream()
        .filter(code -> code.getValue().isGood(now))
        .map(code -> code.getValue().pending(kind, code.getKey()))
        .toList();
  }

  /** From now on the code has been used, for as long as it is remembered. */
  void burn(String code) {
    codes.computeIfPresent(code, (key, issued) -> issued.burnt());
  }

  void clear() {
    codes.clear();
  }

  record Issued(String appId, String user, Instant issuedAt, Instant expiresAt, boolean used) {

    boolean isGood(Instant now) {
      return !used && now.isBefore(expiresAt);
    }

    private PendingCode pending(String kind, String code) {
      return new PendingCode(kind, appId, user, code, expiresAt);
    }

    private Issued burnt() {
      return new Issued(appId, user, issuedAt, expiresAt, true);
    }
  }
}
