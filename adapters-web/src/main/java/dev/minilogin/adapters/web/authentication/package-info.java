/**
 * Who sends a request.
 *
 * <p>Every route needs a session unless it says that it is open; a route that forgets to say
 * anything is closed.
 */
package dev.minilogin.adapters.web.authentication;
