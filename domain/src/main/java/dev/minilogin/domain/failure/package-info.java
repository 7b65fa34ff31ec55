/**
 * How infrastructure fails.
 *
 * <p>Only what every port may throw lives here; an outcome that a caller can expect is a value of
 * the port that returns it.
 */
package dev.minilogin.domain.failure;
