/**
 * Users in MySQL.
 *
 * <p>Rows and statements of the table {@code users}; what a profile may hold is the domain's.
 */
package dev.minilogin.adapters.persistence.user;
