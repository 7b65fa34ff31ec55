/**
 * What the tests of all modules share: an in-memory adapter of every port, and the contract of
 * every port as a JUnit interface that each of its adapters passes.
 *
 * <p>A test class binds a contract by implementing it and giving it the adapters under test.
 * Contracts use the public API only, make identities of their own and leave everything behind, so
 * that they can run on a database that others use.
 */
package dev.minilogin.domain.testing;
