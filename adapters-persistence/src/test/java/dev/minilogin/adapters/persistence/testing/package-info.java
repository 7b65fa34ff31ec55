/**
 * A database for tests and for the demo: an embedded MariaDB, or any server that a JDBC URL names.
 *
 * <p>Test scope only: MariaDB's programs are under the GPL and are no part of what Mini Login
 * ships.
 */
package dev.minilogin.adapters.persistence.testing;
