package dev.minilogin.application.push;

import dev.minilogin.domain.push.PushInbox;
import java.time.InstantSource;

/** Erases the content of pushes that took effect long ago: it names people. */
public final class ForgetPushes {
  private static final int AT_ONCE = 500;

  private final PushInbox inbox;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ForgetPushes(PushInbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Erases some.
   *
   * @return how many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public int execute() {
    return inbox.forget(clock.instant().minus(PushInbox.CONTENT_KEPT), AT_ONCE);
  }
}
