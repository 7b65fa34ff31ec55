/**
 * Logins and the sessions that they open.
 *
 * <p>Here live the token, the session and its rules of ending, and the ports that record logins and
 * find sessions. How a token is kept at rest is the storage adapter's business.
 */
package dev.minilogin.domain.session;
