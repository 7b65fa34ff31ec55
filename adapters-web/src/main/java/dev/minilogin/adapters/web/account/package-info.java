/**
 * The account of the user behind the token, as a whole: deleted and exported.
 *
 * <p>What needs a fresh code from {@code wx.login}, beside the token, says so in its body.
 */
package dev.minilogin.adapters.web.account;
