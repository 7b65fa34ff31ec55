/** Phone numbers: the phone-number button's code, and the check of its encrypted data. */
package dev.minilogin.adapters.wechat.phone;
