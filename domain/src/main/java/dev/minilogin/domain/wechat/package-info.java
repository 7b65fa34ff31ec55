/**
 * What WeChat knows of a person, and the port to WeChat's login.
 *
 * <p>The words are WeChat's: openid, unionid, session_key, code. How its servers are called is not
 * known here.
 */
package dev.minilogin.domain.wechat;
