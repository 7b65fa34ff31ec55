package dev.minilogin.adapters.web.operation;

import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether this instance was told to end: requests under way are finished, no more should come. */
@Singleton
final class Draining implements GracefulShutdownCapable {
  private volatile boolean begun;

  boolean hasBegun() {
    return begun;
  }

  @Override
  public CompletionStage<?> shutdownGracefully() {
    begun = true;
    return CompletableFuture.completedStage(null);
  }
}
