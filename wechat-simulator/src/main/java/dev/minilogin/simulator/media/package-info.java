/**
 * Media checks after they were accepted: the file is downloaded, and its verdict handed to whoever
 * pushes it.
 *
 * <p>The verdict itself is the {@code platform}'s.
 */
package dev.minilogin.simulator.media;
