/**
 * Which user has which phone number.
 *
 * <p>A number gives its user more rights, so binding one changes a user and a session in one step:
 * this package sees both, and neither sees it.
 */
package dev.minilogin.domain.phone;
