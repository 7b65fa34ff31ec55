/**
 * Routes that open, show and end sessions.
 *
 * <p>Requests and answers are records of their own: a renamed field of the domain changes no API.
 */
package dev.minilogin.adapters.web.session;
