package dev.minilogin.simulator.wire;

/** Who talks on the wire. */
public enum Party {
  MINI_PROGRAM("mini-program"),
  SERVER("server"),
  WECHAT("wechat");

  private final String label;

  Party(String label) {
    this.label = label;
  }

  /** The name in the wire log. */
  public String label() {
    return label;
  }
}
