/**
 * A faithful local WeChat platform: {@link dev.minilogin.simulator.WeChatSimulator} for tests and
 * demos in the same JVM, {@link dev.minilogin.simulator.WeChatSimulatorMain} for a process of its
 * own.
 *
 * <p>Only the outermost face lives here. The parts are in the packages below; {@code platform}
 * knows none of the others.
 */
package dev.minilogin.simulator;
