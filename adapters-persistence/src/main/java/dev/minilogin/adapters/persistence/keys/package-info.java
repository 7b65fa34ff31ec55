/**
 * The life of keys: which are in use, sealing and hashing anew what stands under older ones, and
 * telling when one may go.
 *
 * <p>What each table keeps under keys, and how it is written, is said next to the table, by its
 * {@code KeyedTable}.
 */
package dev.minilogin.adapters.persistence.keys;
