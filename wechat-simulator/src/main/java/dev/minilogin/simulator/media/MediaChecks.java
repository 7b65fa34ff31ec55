package dev.minilogin.simulator.media;

import dev.minilogin.simulator.platform.MediaCheck;
import dev.minilogin.simulator.platform.MediaResults;
import dev.minilogin.simulator.platform.Settings;
import dev.minilogin.simulator.wire.WireLog;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Carries out what media_check_async has accepted. Thread-safe. */
public final class MediaChecks implements AutoCloseable {

  private final MediaResults results;
  private final Supplier<Settings> settings;
  private final MediaDownload download;
  private ExecutorService pending = Executors.newVirtualThreadPerTaskExecutor();

  /** Hands the results over there. */
  public MediaChecks(
      MediaResults results, Supplier<Settings> settings, WireLog wire, InstantSource clock) {
    this.results = results;
    this.settings = settings;
    this.download = new MediaDownload(wire, clock);
  }

  /**
   * Checks a file: later, on another thread, or before this returns if the settings want the push
   * before the answer.
   */
  public void start(MediaCheck check) throws InterruptedException {
    if (settings.get().pushBeforeAnswer()) {
      run(check);
    } else {
      later(check);
    }
  }

  /** Forgets the checks that are under way: no push of theirs begins after this. */
  public synchronized void clear() {
    pending.shutdownNow();
    pending = Executors.newVirtualThreadPerTaskExecutor();
  }

  @Override
  public synchronized void close() {
    pending.shutdownNow();
    download.close();
  }

  private synchronized void later(MediaCheck check) {
    pending.submit(
        () -> {
          Thread.sleep(settings.get().mediaCheckDelay());
          run(check);
          return check;
        });
  }

  private void run(MediaCheck check) throws InterruptedException {
    boolean downloaded = download.succeeds(check.mediaUrl());
    if (Thread.interrupted()) {
      throw new InterruptedException("the check was forgotten");
    }
    results.deliver(check.result(downloaded));
  }
}
