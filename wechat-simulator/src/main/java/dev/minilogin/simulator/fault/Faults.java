package dev.minilogin.simulator.fault;

import dev.minilogin.simulator.platform.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The faults in force, oldest first; the oldest that fits a call hits it. Thread-safe. */
public final class Faults {

  private final List<ActiveFault> active = new ArrayList<>();
  private CountDownLatch cleared = new CountDownLatch(1);
  private int lastId;

  /** Puts a fault in force and returns its id. */
  public synchronized String add(Fault fault) {
    String id = "f" + ++lastId;
    active.add(new ActiveFault(id, fault, fault.times()));
    return id;
  }

  public synchronized List<ActiveFault> list() {
    return List.copyOf(active);
  }

  /** The fault that hits a call, counted as one of its times. */
  public synchronized Optional<FaultHit> take(Optional<Api> api, Optional<String> appId) {
    for (int i = 0; i < active.size(); i++) {
      ActiveFault candidate = active.get(i);
      if (candidate.fault().hits(api, appId)) {
        countDown(i, candidate);
        return Optional.of(new FaultHit(candidate.id(), candidate.fault(), cleared));
      }
    }
    return Optional.empty();
  }

  /**
   * Removes all faults, lets the calls go that they hold, and returns how many faults there were.
   */
  public synchronized int clear() {
    int count = active.size();
    active.clear();
    cleared.countDown();
    cleared = new CountDownLatch(1);
    return count;
  }

  private void countDown(int index, ActiveFault hit) {
    Optional<Integer> left = hit.timesLeft().map(times -> times - 1);
    if (left.filter(times -> times == 0).isPresent()) {
      active.remove(index);
    } else {
      active.set(index, new ActiveFault(hit.id(), hit.fault(), left));
    }
  }
}
