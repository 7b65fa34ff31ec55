package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.Reply;
import java.util.HashSet;
import java.util.Set;

/** WeChat made what a test says that it made. Thread-safe. */
public final class InMemoryEncryptedDataCheck extends InMemoryApi implements EncryptedDataCheck {
  private final Set<EncryptedData> made = new HashSet<>();

  /** From now on WeChat has made this. */
  public synchronized void add(EncryptedData data) {
    made.add(data);
  }

  @Override
  public Reply<Boolean> isMadeByWeChat(MiniProgram app, EncryptedData data) {
    return answer(() -> new Reply.Given<>(made.contains(data)));
  }
}
