/**
 * How WeChat's servers are called: hosts, proxy, time limits, protection, and what an answer is.
 *
 * <p>Nothing of a particular API lives here.
 */
package dev.minilogin.adapters.wechat.http;
