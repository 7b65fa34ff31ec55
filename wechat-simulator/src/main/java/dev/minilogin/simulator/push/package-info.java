/**
 * WeChat's message push: what goes to a mini program's server, how it is signed and sealed, and how
 * often it is tried.
 *
 * <p>Where the pushes of an app go is the platform's knowledge; {@link
 * dev.minilogin.simulator.push.PushSender} asks it.
 */
package dev.minilogin.simulator.push;
