package dev.minilogin.domain.review;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.ProfileChange;
import dev.minilogin.domain.user.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reviews, from the new value to the decision. Shared by all instances; nothing is lost when one of
 * them ends.
 *
 * <p>Every method is atomic and throws {@link dev.minilogin.domain.failure.StorageUnavailable} if
 * the storage can't be asked.
 */
public interface ContentReviews {
  /**
   * Puts a new value under review and changes the rest of the profile, in one step. The field keeps
   * its old value; a review of it that is still open is forgotten.
   *
   * @param rest changes that need no review; doesn't name the review's field
   * @param source who tells us
   * @param retryAt when a worker takes the review up if it is still undecided
   * @return the user after it; empty, and nothing changed, if there is no such user
   */
  Optional<User> submit(
      Review review, ProfileChange rest, Profile.Source source, Instant at, Instant retryAt);

  /**
   * Takes up open reviews whose time has come: each is given to one caller, on all instances.
   *
   * @param retryAt when those that are still open then are given out again
   * @param limit at most so many
   */
  List<Review> claim(Instant now, Instant retryAt, int limit);

  /**
   * Puts an open review off, because WeChat couldn't be asked.
   *
   * @return {@code false}, and nothing changed, if it isn't open
   */
  boolean putOff(UUID review, Instant retryAt);

  /**
   * Notes that WeChat took the picture and will push the result.
   *
   * @param retryAt when WeChat is asked again if no result has come
   * @return {@code false}, and nothing changed, if the review isn't open
   */
  boolean sent(UUID review, TraceId trace, Instant retryAt);

  /** The open review whose result WeChat pushes under that name; empty if there is none (yet). */
  Optional<Review> find(AppId appId, TraceId trace);

  /**
   * Decides an open or held review, and in the same step changes the profile: what passed is shown.
   * A review is forgotten as soon as its field is set, cleared or cleaned. A review that is held
   * stays open for a later decision, but isn't given to workers any more; any other decision leaves
   * {@code REVIEW_DECIDED} in the audit log.
   *
   * @param by who decides
   * @return {@code false}, and nothing changed, if it was decided before or there is none
   */
  boolean decide(UUID review, Decision decision, Actor by, Instant at);

  /** As {@link #decide(UUID, Decision, Actor, Instant)}, by this server and its rules. */
  default boolean decide(UUID review, Decision decision, Instant at) {
    return decide(review, decision, Actor.SYSTEM, at);
  }

  /** The reviews that wait for an operator, the oldest first. */
  List<Review> held(int limit);
}
