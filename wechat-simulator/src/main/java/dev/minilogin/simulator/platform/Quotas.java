package dev.minilogin.simulator.platform;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts calls and says when there were too many. Not thread-safe: {@link WeChatPlatform} locks.
 */
final class Quotas {

  private static final int CLEARINGS_PER_MONTH = 10;
  private static final Quota UNLIMITED = new Quota(Optional.empty(), Optional.empty());

  /** As documented; what is not here has no documented limit. */
  private static final Map<Api, Quota> DOCUMENTED =
      Map.of(
          Api.JSCODE2SESSION,
          new Quota(Optional.of(100), Optional.empty()),
          Api.TOKEN,
          new Quota(Optional.empty(), Optional.of(2000)),
          Api.STABLE_TOKEN,
          quota(10_000, 500_000),
          Api.RESETUSERSESSIONKEY,
          new Quota(Optional.of(60_000), Optional.empty()),
          Api.MSG_SEC_CHECK,
          quota(4000, 2_000_000),
          Api.MEDIA_CHECK_ASYNC,
          quota(2000, 200_000));

  private final Map<Api, Quota> quotas = new EnumMap<>(DOCUMENTED);
  private final Map<Counted, Counter> counters = new HashMap<>();
  private final Map<String, Clearings> clearings = new HashMap<>();

  Quota of(Api api) {
    return quotas.getOrDefault(api, UNLIMITED);
  }

  void set(Api api, Quota quota) {
    quotas.put(api, quota);
  }

  /** Counts a call, or says which limit it would break and does not count it. */
  Optional<WeChatError> count(Api api, Owner owner, Instant now) {
    Counter counter = counters.computeIfAbsent(new Counted(api, owner), c -> new Counter());
    counter.moveTo(now);
    Quota quota = of(api);
    if (quota.perMinute().filter(most -> counter.inMinute >= most).isPresent()) {
      return Optional.of(minuteError(api));
    }
    if (quota.perDay().filter(most -> counter.onDay >= most).isPresent()) {
      return Optional.of(WeChatError.DAILY_QUOTA);
    }
    counter.inMinute++;
    counter.onDay++;
    return Optional.empty();
  }

  /** Sets the daily counts of an app back; false: it did so ten times this month already. */
  boolean clearDay(String appId, Instant now) {
    YearMonth month = YearMonth.from(BeijingTime.day(now));
    Clearings last = clearings.getOrDefault(appId, new Clearings(month, 0));
    int count = last.month.equals(month) ? last.count : 0;
    if (count >= CLEARINGS_PER_MONTH) {
      return false;
    }
    clearings.put(appId, new Clearings(month, count + 1));
    counters.forEach(
        (counted, counter) -> {
          if (counted.owner.appId().equals(appId)) {
            counter.onDay = 0;
          }
        });
    return true;
  }

  /** Forgets the counts, not the limits. */
  void clearCounts() {
    counters.clear();
    clearings.clear();
  }

  private static WeChatError minuteError(Api api) {
    return switch (api) {
      case MSG_SEC_CHECK, MEDIA_CHECK_ASYNC, IMG_SEC_CHECK -> WeChatError.SECURITY_MINUTE_QUOTA;
      case GETUSERRISKRANK -> WeChatError.RISK_RANK_TOO_FREQUENT;
      case GETPLUGINOPENPID -> WeChatError.PLUGIN_TOO_FREQUENT;
      default -> WeChatError.MINUTE_QUOTA;
    };
  }

  private static Quota quota(int perMinute, int perDay) {
    return new Quota(Optional.of(perMinute), Optional.of(perDay));
  }

  private record Counted(Api api, Owner owner) {}

  private record Clearings(YearMonth month, int count) {}

  private static final class Counter {
    private long minute;
    private int inMinute;
    private LocalDate day = LocalDate.EPOCH;
    private int onDay;

    void moveTo(Instant now) {
      long thisMinute = Math.floorDiv(now.getEpochSecond(), 60L);
      LocalDate today = BeijingTime.day(now);
      if (minute != thisMinute) {
        minute = thisMinute;
        inMinute = 0;
      }
      if (!day.equals(today)) {
        day = today;
        onDay = 0;
      }
    }
  }
}
