/**
 * Secrets at rest: the keys, the sealing of what must be read again and the hashing of what must
 * only be recognised.
 *
 * <p>No SQL lives here.
 */
package dev.minilogin.adapters.persistence.sealing;
