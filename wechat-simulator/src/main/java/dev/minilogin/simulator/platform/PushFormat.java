package dev.minilogin.simulator.platform;

/** In which notation WeChat writes its messages to an app's server. */
public enum PushFormat {
  JSON,
  XML
}
