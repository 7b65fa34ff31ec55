package dev.minilogin.simulator.platform;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a content check advises, and the label that this platform gives for it. */
public enum Suggest {
  PASS(100),
  /** A person should look at it. */
  REVIEW(21000),
  RISKY(20001);

  private final int label;

  Suggest(int label) {
    this.label = label;
  }

  /** WeChat's label: 100 normal, 20001 politics, 21000 other. */
  public int label() {
    return label;
  }

  /** As WeChat spells it, e.g. {@code pass}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with that {@link #text()}, if there is one. */
  public static Optional<Suggest> ofText(String text) {
    return Arrays.stream(values()).filter(suggest -> suggest.text().equals(text)).findFirst();
  }
}
