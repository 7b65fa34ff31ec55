/**
 * Logging in, checking a session, logging out.
 *
 * <p>One class a thing that a caller can ask for; the class itself is the port of the driving side.
 * Rules that hold without a port's help live in the domain, protocols in the adapters.
 */
package dev.minilogin.application.session;
