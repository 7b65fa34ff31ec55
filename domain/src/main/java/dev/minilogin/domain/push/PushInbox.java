package dev.minilogin.domain.push;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The pushes that were accepted, until they took effect, and some time longer. Shared by all
 * instances; nothing is lost when one of them ends.
 *
 * <p>Every method is atomic and throws {@link dev.minilogin.domain.failure.StorageUnavailable} if
 * the storage can't be asked.
 */
public interface PushInbox {
  /**
   * How long what a push says is kept after it was handled: long enough to notice that something
   * must be repaired, and to let pushes take effect again.
   */
  Duration CONTENT_KEPT = Duration.ofDays(30);

  /**
   * Keeps a push, in one write, unless it is here already ({@link PushEvent#identity}). It is kept
   * for good when this returns.
   *
   * @return whether it is new
   */
  boolean accept(Push push);

  /**
   * Takes up pushes that wait: each is given to one caller, on all instances, the oldest first.
   *
   * @param retryAt when those that still wait then are given out again
   * @param limit at most so many
   */
  List<Push> claim(Instant now, Instant retryAt, int limit);

  /**
   * Lets a push take effect and marks it as done, in one step: however often and by however many it
   * is handled, that happens once. What it does to a user who is there is left in the audit log,
   * with WeChat as the actor: {@code PROFILE_CLEANED}, {@code PROFILE_ERASED}, {@code
   * ACCOUNT_DELETED}, {@code REVIEW_DECIDED}.
   *
   * @return {@code false}, and nothing changed, if it is done already
   */
  boolean settle(UUID push, PushEffect effect, Instant at);

  /**
   * Puts a push off that can't take effect yet.
   *
   * @return {@code false}, and nothing changed, if it is done
   */
  boolean putOff(UUID push, Instant retryAt);

  /**
   * Lets pushes that are done take effect again, for an operator who has to repair something. Those
   * whose content is gone are not among them. Leaves {@code PUSHES_REPLAYED} in the audit log.
   *
   * @param since received then or later
   * @return how many
   */
  int replay(AppId appId, Instant since, Instant now, Actor by);

  /**
   * Empties the content of pushes that were handled before that time, the oldest first, so that no
   * personal data is kept longer than needed. What tells duplicates of them stays. Pushes that wait
   * keep theirs.
   *
   * @param limit at most so many
   * @return how many; as many as the limit: there may be more
   */
  int forget(Instant handledBefore, int limit);
}
