package dev.minilogin.adapters.persistence.limit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.limit.Limit;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What all instances together have left of a limit: a bucket of bucket4j for each key and window. A
 * bucket is filled once; when its window is over, the next use begins a new one.
 */
@Singleton
final class SharedBuckets {
  private static final String PURPOSE = "rate-limit";

  private final Storage storage;
  private final LimitRows rows;
  private final Hasher hasher;
  private final InstantSource clock;
  private final Buckets buckets;

  SharedBuckets(Storage storage, LimitRows rows, Hasher hasher, InstantSource clock) {
    this.storage = storage;
    this.rows = rows;
    this.hasher = hasher;
    this.clock = clock;
    this.buckets = new Buckets(ClientSideConfig.getDefault().withClientClock(meter()));
  }

  /**
   * Uses that an instance may let pass without asking again.
   *
   * @param granted how many; 0 if none are left
   * @param left how many others may still be granted
   * @param end when the window ends, and with it the grant
   */
  record Grant(int granted, int left, Instant end) {}

  /**
   * Asks for uses.
   *
   * @param capacity how many there are for all instances in a window
   * @param wanted how many are asked for; fewer may be granted
   * @throws StorageUnavailable if the database didn't answer
   */
  Grant ask(Limit limit, String key, int capacity, int wanted) {
    BucketConfiguration configuration =
        BucketConfiguration.builder()
            .addLimit(
                bandwidth ->
                    bandwidth.capacity(capacity).refillIntervally(capacity, limit.window()))
            .build();
    // With the quota, so that a changed one begins a bucket of its own.
    String id = limit.name() + '\n' + limit.quota() + '\n' + limit.window() + '\n' + key;
    VerboseResult<Long> result =
        buckets
            .builder()
            .build(ByteBuffer.wrap(hasher.hash(PURPOSE, id)), configuration)
            .asVerbose()
            .tryConsumeAsMuchAsPossible(wanted);
    long untilFull = result.getDiagnostics().calculateFullRefillingTime();
    return new Grant(
        result.getValue().intValue(),
        (int) Math.max(0, result.getState().getAvailableTokens()),
        Instant.ofEpochMilli(
            TimeUnit.NANOSECONDS.toMillis(result.getOperationTimeNanos() + untilFull)));
  }

  /** Deletes buckets whose windows are over. */
  int forget(int atMost) {
    return storage.statement("forgetting rate limits", () -> rows.forget(clock.millis(), atMost));
  }

  private TimeMeter meter() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis());
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  /** Where bucket4j keeps the states. */
  private final class Buckets extends AbstractCompareAndSwapBasedProxyManager<ByteBuffer> {
    Buckets(ClientSideConfig config) {
      super(config);
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(ByteBuffer bucket) {
      return new Swap(bucket.array());
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(ByteBuffer bucket) {
      throw new UnsupportedOperationException("JDBC waits");
    }

    @Override
    public void removeProxy(ByteBuffer bucket) {
      throw new UnsupportedOperationException("buckets are removed when their windows are over");
    }

    @Override
    public boolean isAsyncModeSupported() {
      return false;
    }

    @Override
    protected CompletableFuture<Void> removeAsync(ByteBuffer bucket) {
      throw new UnsupportedOperationException("JDBC waits");
    }
  }

  /** One read and one write that succeeds if nobody was faster. */
  private final class Swap implements CompareAndSwapOperation {
    private static final int ATTEMPTS = 30;

    private final byte[] bucket;
    private Optional<byte[]> stored = Optional.empty();
    private int attempt;

    Swap(byte[] bucket) {
      this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
      if (++attempt > ATTEMPTS) {
        throw new StorageUnavailable("counting for a rate limit", null);
      }
      Optional<LimitRow> row =
          storage.statement("reading a rate limit", () -> rows.byBucket(bucket));
      stored = row.map(LimitRow::state);
      return row.filter(found -> clock.millis() < found.expiresAt()).map(LimitRow::state);
    }

    @Override
    public boolean compareAndSwap(
        byte[] before, byte[] after, RemoteBucketState state, Optional<Long> timeoutNanos) {
      long now = clock.millis();
      long expiresAt =
          now
              + TimeUnit.NANOSECONDS.toMillis(
                  state.calculateFullRefillingTime(TimeUnit.MILLISECONDS.toNanos(now)));
      return storage.statement(
              "counting for a rate limit",
              () ->
                  stored
                      .map(replaced -> rows.swap(bucket, replaced, after, expiresAt))
                      .orElseGet(() -> rows.insert(bucket, after, expiresAt)))
          == 1;
    }
  }
}
