/**
 * The domain's WeChat ports over WeChat's server APIs.
 *
 * <p>Everything that only WeChat's documentation can explain lives below here, and nothing that it
 * doesn't need: no storage, no HTTP of our own.
 */
package dev.minilogin.adapters.wechat;
