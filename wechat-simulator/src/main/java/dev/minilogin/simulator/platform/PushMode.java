package dev.minilogin.simulator.platform;

/** How WeChat sends its messages to an app's server. */
public enum PushMode {
  /** The message as it is; only the URL is signed. */
  PLAIN,
  /** The message both as it is and encrypted. */
  COMPATIBLE,
  /** Encrypted only. */
  SECURE
}
