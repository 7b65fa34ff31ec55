package dev.minilogin.domain.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How often this installation allows what is limited. */
public final class Quotas {
  /** Nothing is limited. */
  public static final Quotas UNLIMITED = new Quotas(Map.of());

  private final Map<LimitedUse, Limit> limits = new EnumMap<>(LimitedUse.class);

  private Quotas(Map<LimitedUse, Integer> quotas) {
    quotas.forEach(
        (use, quota) -> {
          if (quota > 0) {
            limits.put(use, use.limit(quota));
          }
        });
  }

  /**
   * The default quotas, but for some.
   *
   * @param others by use; 0 for what isn't limited
   */
  public static Quotas defaultsBut(Map<LimitedUse, Integer> others) {
    Map<LimitedUse, Integer> quotas = new EnumMap<>(LimitedUse.class);
    for (LimitedUse use : LimitedUse.values()) {
      quotas.put(use, others.getOrDefault(use, use.defaultQuota()));
    }
    return new Quotas(quotas);
  }

  /** The limit of a use; empty if it has none. */
  public Optional<Limit> limit(LimitedUse use) {
    return Optional.ofNullable(limits.get(use));
  }
}
