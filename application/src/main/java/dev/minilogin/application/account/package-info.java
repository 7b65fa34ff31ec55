/**
 * Accounts as a whole: deleting, exporting and locking them.
 *
 * <p>What a user may do to the own account alone needs a fresh code from {@code wx.login}: a token
 * may be a lost one.
 */
package dev.minilogin.application.account;
