/**
 * Accounts as a whole, in MySQL: erased, locked, and copied for the person they are about.
 *
 * <p>The one place that knows every table with personal data in it.
 */
package dev.minilogin.adapters.persistence.account;
