/**
 * Mini programs in MySQL.
 *
 * <p>Rows and statements of the table {@code mini_programs}; AppSecrets are sealed in it.
 */
package dev.minilogin.adapters.persistence.miniprogram;
