/**
 * Accounts that turn out to be one person's.
 *
 * <p>They are merged by an operator and by nobody else, and a merge can be undone.
 */
package dev.minilogin.domain.merge;
