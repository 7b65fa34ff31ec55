/**
 * Access tokens: where they come from, who renews them, and the calls that need them.
 *
 * <p>No port leads here: that WeChat wants a token is nothing that the domain's ports tell.
 */
package dev.minilogin.adapters.wechat.token;
