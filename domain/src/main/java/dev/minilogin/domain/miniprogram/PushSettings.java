package dev.minilogin.domain.miniprogram;

import java.util.List;
import java.util.Objects;

/**
 * How WeChat pushes messages to us, as set at mp.weixin.qq.com (消息推送).
 *
 * @param mode what protects a push
 * @param format how its body is written; the other format is refused unread
 * @param token signs pushes
 * @param keys the EncodingAESKeys that are good, the current one first: two while one replaces the
 *     other, none in plain mode
 */
public record PushSettings(Mode mode, Format format, PushToken token, List<PushKey> keys) {
  /** What protects a push. */
  public enum Mode {
    /** 明文模式: the signature doesn't cover the body, so whoever saw one call can forge others. */
    PLAIN,
    /** 兼容模式: in clear and encrypted; only the encrypted part is read. */
    COMPATIBLE,
    /** 安全模式: encrypted and signed. */
    SECURE
  }

  /** How a push's body is written. */
  public enum Format {
    JSON,
    XML
  }

  /**
   * @throws IllegalArgumentException if the keys don't fit the mode, or are more than two
   */
  public PushSettings {
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(token, "token");
    keys = List.copyOf(keys);
    if (mode == Mode.PLAIN ? !keys.isEmpty() : keys.isEmpty() || keys.size() > 2) {
      throw new IllegalArgumentException(
          "pushes need one or two EncodingAESKeys, and none in plain mode");
    }
  }
}
