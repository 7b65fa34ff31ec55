/**
 * What WeChat's servers know and decide: mini programs, users, login codes, session keys and access
 * tokens.
 *
 * <p>Pure logic over a clock. No HTTP, no JSON, no faults and no logging may live here. {@link
 * dev.minilogin.simulator.platform.WeChatPlatform} is the only entrance and the only place that
 * locks.
 */
package dev.minilogin.simulator.platform;
