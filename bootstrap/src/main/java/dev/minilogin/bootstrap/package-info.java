/**
 * Puts the server together: configuration comes in as text and goes out as the domain's values, and
 * every use case is built here.
 *
 * <p>This package alone sees all others. It decides nothing that a user or an operator would notice
 * as a rule.
 */
package dev.minilogin.bootstrap;
