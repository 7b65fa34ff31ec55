package dev.minilogin.application.push;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.push.PushInbox;
import java.time.Instant;
import java.time.InstantSource;

/** Lets pushes take effect again, for an operator who has to repair something. */
public final class ReplayPushes {
  private final PushInbox inbox;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ReplayPushes(PushInbox inbox, InstantSource clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  /**
   * Hands the pushes of a mini program to the workers again.
   *
   * @param since received then or later
   * @param by who asks for it
   * @return how many
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public int execute(AppId appId, Instant since, Actor by) {
    return inbox.replay(appId, since, clock.instant(), by);
  }
}
