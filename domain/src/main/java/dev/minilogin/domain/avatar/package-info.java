/**
 * Pictures of users: what is made of an upload, and where it is kept.
 *
 * <p>Whether one may be shown is decided in {@code domain.review}.
 */
package dev.minilogin.domain.avatar;
