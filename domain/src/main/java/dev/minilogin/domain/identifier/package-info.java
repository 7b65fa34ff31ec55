/**
 * What the identifiers and secrets of all other packages are made of.
 *
 * <p>Nothing here knows a user, a session or WeChat.
 */
package dev.minilogin.domain.identifier;
