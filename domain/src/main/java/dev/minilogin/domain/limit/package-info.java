/**
 * How often what may be done, and who counts it.
 *
 * <p>What a request is and whom it comes from isn't known here: callers name who is counted.
 */
package dev.minilogin.domain.limit;
