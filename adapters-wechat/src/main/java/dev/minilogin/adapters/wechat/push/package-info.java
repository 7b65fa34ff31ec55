/**
 * Pushes (消息推送): how they are signed, encrypted and written.
 *
 * <p>Everything before a push's signature is hostile input, and everything behind it is read with
 * the same suspicion.
 */
package dev.minilogin.adapters.wechat.push;
