/**
 * Login at WeChat: code2Session.
 *
 * <p>The API's path, parameters, fields and error codes, and what they mean in the domain's words.
 */
package dev.minilogin.adapters.wechat.login;
