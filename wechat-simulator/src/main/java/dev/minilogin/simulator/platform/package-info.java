/**
 * What WeChat's servers know and decide: mini programs, users, codes, session keys, access tokens,
 * encrypted data, verdicts on content, quotas.
 *
 * <p>Pure logic over a clock. No HTTP, no faults and no logging may live here, and no JSON but that
 * which WeChat encrypts. {@link dev.minilogin.simulator.platform.WeChatPlatform} is the only
 * entrance and the only place that locks.
 */
package dev.minilogin.simulator.platform;
