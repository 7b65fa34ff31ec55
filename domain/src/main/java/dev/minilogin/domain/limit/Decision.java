package dev.minilogin.domain.limit;

import java.time.Duration;

/**
 * Whether one more use is within a limit, and what is left of it.
 *
 * @param limit the limit
 * @param allowed whether it is
 * @param remaining how many more are, until the window ends; at most the quota, and not more than
 *     are known to be left
 * @param resetIn until the window ends and another one may begin
 */
public record Decision(Limit limit, boolean allowed, int remaining, Duration resetIn) {}
