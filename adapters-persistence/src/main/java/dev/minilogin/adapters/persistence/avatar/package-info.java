/**
 * Pictures of users in MySQL.
 *
 * <p>Rows and statements of the tables {@code avatars}, which lists them, and {@code
 * avatar_pictures}, which has their content unless another store is used.
 */
package dev.minilogin.adapters.persistence.avatar;
