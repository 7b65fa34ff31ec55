package dev.minilogin.adapters.wechat.token;

import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.Reply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A mini program's token in this process, and the renewal that is under way. Thread-safe. */
final class AppToken {
  private final AtomicReference<Known> known = new AtomicReference<>(Known.NOTHING);
  private final AtomicReference<CompletableFuture<Reply<AccessToken>>> renewal =
      new AtomicReference<>();

  Known known() {
    return known.get();
  }

  /** Returns what was known before. */
  Known update(UnaryOperator<Known> change) {
    return known.getAndUpdate(change);
  }

  /** Makes a renewal the one under way, unless there is one; returns the one under way. */
  CompletableFuture<Reply<AccessToken>> begin(CompletableFuture<Reply<AccessToken>> mine) {
    CompletableFuture<Reply<AccessToken>> running = renewal.compareAndExchange(null, mine);
    return running == null ? mine : running;
  }

  /** The renewal under way has ended. */
  void end() {
    renewal.set(null);
  }
}
