/**
 * Where requests come from.
 *
 * <p>The one place that reads addresses out of sockets and headers; what is done with them isn't
 * decided here.
 */
package dev.minilogin.adapters.web.network;
