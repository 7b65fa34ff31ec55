/**
 * The native part of WeChat on a phone: what stands behind {@code wx.login}, {@code
 * wx.checkSession}, {@code wx.request}, {@code wx.uploadFile}, {@code wx.getUserProfile}, the phone
 * number button and the user crypto manager.
 *
 * <p>It plays by the rules that WeChat imposes on a mini program. The JavaScript face of it is not
 * here: a browser shim calls these over HTTP.
 */
package dev.minilogin.simulator.client;
