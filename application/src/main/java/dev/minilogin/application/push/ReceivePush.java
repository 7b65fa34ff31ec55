package dev.minilogin.application.push;

import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushInbox;
import dev.minilogin.domain.push.PushRequest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Takes a push in. WeChat may be told that it arrived once this returns: it is kept for good, and
 * takes effect later ({@link HandlePushes}).
 */
public final class ReceivePush {
  private final MiniPrograms miniPrograms;
  private final PushEnvelopes envelopes;
  private final PushInbox inbox;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param clock with millisecond precision
   * @param random makes identifiers
   */
  public ReceivePush(
      MiniPrograms miniPrograms,
      PushEnvelopes envelopes,
      PushInbox inbox,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.envelopes = envelopes;
    this.inbox = inbox;
    this.clock = clock;
    this.random = random;
  }

  /** What came of a push. */
  public enum Result {
    /** It is kept, and new. */
    ACCEPTED,
    /** It was kept before. */
    KNOWN,
    /** It isn't from WeChat, or about no mini program that gets pushes here. */
    REFUSED
  }

  /**
   * Takes a push in.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if it can't be kept: WeChat sends it
   *     again
   */
  public Result execute(AppId appId, PushRequest request) {
    Instant now = clock.instant();
    return miniPrograms
        .find(appId)
        .flatMap(MiniProgram::push)
        .flatMap(settings -> envelopes.open(appId, settings, request, now))
        .map(event -> new Push(TimeOrderedId.make(now, random), appId, event, now, 0))
        .map(push -> inbox.accept(push) ? Result.ACCEPTED : Result.KNOWN)
        .orElse(Result.REFUSED);
  }
}
