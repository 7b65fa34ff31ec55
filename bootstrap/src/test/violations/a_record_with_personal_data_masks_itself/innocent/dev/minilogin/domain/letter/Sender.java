package dev.minilogin.domain.letter;

import dev.minilogin.domain.wechat.OpenId;
import java.util.Optional;
import java.util.UUID;

public record Sender(UUID userId, OpenId openId, Optional<OpenId> otherOpenId, byte[] openidMac) {
  private static final String NO_NICKNAME = "";
}
