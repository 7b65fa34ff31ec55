package dev.minilogin.simulator.fault;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fault that has met a call: what to do, and the means to end its waiting early. */
public final class FaultHit {

  private final String id;
  private final Fault fault;
  private final CountDownLatch cleared;

  FaultHit(String id, Fault fault, CountDownLatch cleared) {
    this.id = id;
    this.fault = fault;
    this.cleared = cleared;
  }

  public Fault fault() {
    return fault;
  }

  /** For the wire log. */
  public String note() {
    return "fault " + id + ": " + fault.summary();
  }

  /** Waits for the latency, but not beyond the clearing of the faults. */
  public void awaitLatency() throws InterruptedException {
    cleared.await(fault.latency().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the faults are cleared. */
  public void awaitClearing() throws InterruptedException {
    cleared.await();
  }
}
