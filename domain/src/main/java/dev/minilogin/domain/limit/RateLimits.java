package dev.minilogin.domain.limit;

/**
 * Counts uses, for all instances together. Several instances may let pass a little more than the
 * quota, each at most a twentieth of it: so much is used before they speak with one another.
 *
 * <p>Counting never fails. Where the others can't be asked, an instance keeps to the quota by
 * itself until the window ends.
 */
public interface RateLimits {
  /**
   * Uses a limit once, if that is within it.
   *
   * @param key whose use is counted; any text
   */
  Decision take(Limit limit, String key);

  /**
   * What is left, as far as this instance knows. Nobody is asked, and nothing is used.
   *
   * @return allowed if anything is left
   */
  Decision look(Limit limit, String key);

  /**
   * Lets one use be forgotten: this instance allows one more until the window ends, and at most
   * twice the quota in all.
   */
  void giveBack(Limit limit, String key);

  /**
   * Forgets keys whose windows are over.
   *
   * @return how many, at most so many; if any, there may be more
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  int forget(int atMost);
}
