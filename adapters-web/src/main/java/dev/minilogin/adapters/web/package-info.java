/**
 * The HTTP API: its description, and what all of its routes share.
 *
 * <p>JSON comes in and goes out here; what it asks for is done by the use cases.
 */
package dev.minilogin.adapters.web;
