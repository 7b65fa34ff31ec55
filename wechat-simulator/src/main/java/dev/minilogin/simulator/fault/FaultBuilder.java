package dev.minilogin.simulator.fault;

import dev.minilogin.simulator.platform.Api;
import dev.minilogin.simulator.platform.WeChatError;
import java.time.Duration;
import java.util.Optional;

/** Describes a {@link Fault} step by step. */
public final class FaultBuilder {

  private final Optional<Api> api;
  private Optional<String> appId = Optional.empty();
  private Optional<Integer> errcode = Optional.empty();
  private Optional<String> errmsg = Optional.empty();
  private Duration latency = Duration.ZERO;
  private boolean hang;
  private boolean cut;
  private Optional<Integer> httpStatus = Optional.empty();
  private Optional<String> body = Optional.empty();
  private Optional<Integer> times = Optional.empty();

  FaultBuilder(Optional<Api> api) {
    this.api = api;
  }

  public FaultBuilder appId(String onlyThisApp) {
    appId = Optional.of(onlyThisApp);
    return this;
  }

  public FaultBuilder errcode(int code) {
    errcode = Optional.of(code);
    return this;
  }

  public FaultBuilder errcode(WeChatError error) {
    return errcode(error.errcode());
  }

  public FaultBuilder errmsg(String text) {
    errmsg = Optional.of(text);
    return this;
  }

  public FaultBuilder latency(Duration delay) {
    latency = delay;
    return this;
  }

  public FaultBuilder hang() {
    hang = true;
    return this;
  }

  public FaultBuilder cut() {
    cut = true;
    return this;
  }

  public FaultBuilder httpStatus(int status) {
    httpStatus = Optional.of(status);
    return this;
  }

  public FaultBuilder body(String raw) {
    body = Optional.of(raw);
    return this;
  }

  /** For so many calls only. */
  public Fault times(int count) {
    times = Optional.of(count);
    return build();
  }

  /** Until the faults are cleared. */
  public Fault always() {
    return build();
  }

  private Fault build() {
    return new Fault(api, appId, errcode, errmsg, latency, hang, cut, httpStatus, body, times);
  }
}
