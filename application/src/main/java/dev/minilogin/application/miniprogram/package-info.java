/**
 * What the operator does with the mini programs of this server.
 *
 * <p>One class a thing that a caller can ask for.
 */
package dev.minilogin.application.miniprogram;
