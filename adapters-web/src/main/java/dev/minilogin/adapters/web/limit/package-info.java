/**
 * How often clients may ask, and what they are told of it.
 *
 * <p>Limits hold for the whole API by filters; a login has more of them, which its use case knows.
 */
package dev.minilogin.adapters.web.limit;
