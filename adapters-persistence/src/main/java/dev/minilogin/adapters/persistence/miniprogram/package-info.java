/**
 * Mini programs in MySQL.
 *
 * <p>Rows and statements of the table {@code mini_programs}; AppSecrets, push tokens and
 * EncodingAESKeys are sealed in it.
 */
package dev.minilogin.adapters.persistence.miniprogram;
