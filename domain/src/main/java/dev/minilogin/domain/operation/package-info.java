/**
 * What the operation of this server needs to know of its infrastructure, and who operates it.
 *
 * <p>Nothing of users or sessions lives here.
 */
package dev.minilogin.domain.operation;
