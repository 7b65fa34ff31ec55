package dev.minilogin.adapters.web.operation;

import dev.minilogin.application.operation.CheckReadiness;
import io.micronaut.runtime.graceful.GracefulShutdownCapable;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells load balancers to send no more, as soon as this instance is told to end. */
@Singleton
final class Draining implements GracefulShutdownCapable {
  private final CheckReadiness readiness;

  Draining(CheckReadiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public CompletionStage<?> shutdownGracefully() {
    readiness.shutDown();
    return CompletableFuture.completedStage(null);
  }
}
