/**
 * How instances tell one another that what they remember of a user's sessions is over.
 *
 * <p>The table {@code revocations}, who writes to it and who reads it. What is remembered isn't
 * here, and what ends a session neither.
 */
package dev.minilogin.adapters.persistence.revocation;
