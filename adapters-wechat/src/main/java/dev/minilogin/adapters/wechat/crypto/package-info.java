/**
 * The few pieces of cryptography that WeChat's open data and pushes are made of.
 *
 * <p>Nothing here knows JSON, XML or a mini program.
 */
package dev.minilogin.adapters.wechat.crypto;
