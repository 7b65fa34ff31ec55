/**
 * Logins and sessions in MySQL.
 *
 * <p>Rows and statements of {@code login_claims}, {@code wechat_identities} and {@code sessions}.
 * Tokens are hashed and session_keys sealed before they come here.
 */
package dev.minilogin.adapters.persistence.session;
