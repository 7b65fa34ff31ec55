/**
 * What a logged-in client asks of WeChat through us, because it takes secrets that only we have.
 */
package dev.minilogin.application.wechat;
