/**
 * What WeChat gave us, in MySQL: people's identities and session_keys, and our access tokens.
 *
 * <p>Rows and statements of the tables {@code wechat_identities} (a login's own are with the
 * sessions) and {@code access_tokens}; session_keys and tokens are sealed in them.
 */
package dev.minilogin.adapters.persistence.wechat;
