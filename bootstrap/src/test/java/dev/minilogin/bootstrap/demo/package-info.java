/**
 * The demo: everything that a person needs to see a login happen, in one process.
 *
 * <p>It stands among the tests, because what it brings along (an embedded database, a simulated
 * WeChat) must never be in the production jar.
 */
package dev.minilogin.bootstrap.demo;
