/**
 * Phone numbers of users in MySQL.
 *
 * <p>Statements on the columns {@code phone_…} of {@code users}, and the new session that goes with
 * a new number.
 */
package dev.minilogin.adapters.persistence.phone;
