/**
 * Accounts as a whole: what ends one, what locks one, and the copy of all that is kept of a person.
 *
 * <p>Single data of a user are {@code domain.user}'s business.
 */
package dev.minilogin.domain.account;
