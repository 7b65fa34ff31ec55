/**
 * The server as its callers meet it: real HTTP to a real server on a real database, with a
 * simulated WeChat behind it.
 *
 * <p>Every request goes through {@link dev.minilogin.bootstrap.http.Client} or {@link
 * dev.minilogin.bootstrap.http.RawClient}, so that every answer is held against the API's
 * description. No test depends on another one's data: each makes users of its own.
 */
package dev.minilogin.bootstrap.http;
