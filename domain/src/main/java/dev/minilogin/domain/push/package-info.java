/**
 * What WeChat pushes to us: from the signed request to its effect, which happens once.
 *
 * <p>How a push is signed, encrypted and written is an adapter's business.
 */
package dev.minilogin.domain.push;
