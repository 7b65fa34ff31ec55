/**
 * The HTTP faces of a simulation: WeChat's server APIs, the client side, the control API and the
 * console.
 *
 * <p>Here bytes become calls and answers become bytes; nothing is decided here that the platform
 * could decide. Everything but WeChat's own APIs is for callers on this machine alone, see {@code
 * LoopbackGuard}.
 */
package dev.minilogin.simulator.http;
