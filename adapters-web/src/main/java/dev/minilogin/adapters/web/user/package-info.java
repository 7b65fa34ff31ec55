/**
 * Routes of users on their own account.
 *
 * <p>Whose account it is comes from the session and from nowhere else in a request.
 */
package dev.minilogin.adapters.web.user;
