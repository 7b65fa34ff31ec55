/**
 * What WeChat's documentation says of its server APIs: paths, methods, error codes.
 *
 * <p>Tables only; nothing is called here.
 */
package dev.minilogin.adapters.wechat.api;
