package dev.minilogin.domain.miniprogram;

/**
 * Which build of a mini program a client says it is ({@code wx.getAccountInfoSync}). It is the
 * client's word and proves nothing.
 */
public enum EnvVersion {
  /** On a developer's phone or in DevTools; WeChat's reviewers, too. */
  DEVELOP,
  /** The trial version (体验版). */
  TRIAL,
  /** What everybody has. */
  RELEASE
}
