package dev.minilogin.simulator.fault;

import dev.minilogin.simulator.platform.Api;
import java.time.Duration;
import java.util.Optional;

/**
 * One kind of misbehaviour of WeChat's servers.
 *
 * <p>With an {@code errcode}, {@code httpStatus} or {@code body} the platform does not see the call
 * at all: a login code is not burnt. Without them the call is carried out, and only its answer is
 * late or lost: a login code <em>is</em> burnt. Then comes the latency, then the hang, then the
 * cut.
 *
 * @param api empty: every server API
 * @param appId empty: every app
 * @param errcode answer with this business error
 * @param errmsg its text without the {@code rid}; empty: the usual one
 * @param latency delay of the answer
 * @param hang whether no answer comes until the faults are cleared
 * @param cut whether the connection is cut instead of the answer; after the {@code body}, if there
 *     is one, which is then announced longer than it is
 * @param httpStatus status of the answer
 * @param body the answer as it stands: an HTML error page, truncated JSON
 * @param times how many calls are hit; empty: all until the faults are cleared
 */
public record Fault(
    Optional<Api> api,
    Optional<String> appId,
    Optional<Integer> errcode,
    Optional<String> errmsg,
    Duration latency,
    boolean hang,
    boolean cut,
    Optional<Integer> httpStatus,
    Optional<String> body,
    Optional<Integer> times) {

  public Fault {
    if (latency.isNegative()) {
      throw new IllegalArgumentException("latency must not be negative");
    }
    if (httpStatus.filter(status -> status < 200 || status > 599).isPresent()) {
      throw new IllegalArgumentException("httpStatus must be 200 to 599");
    }
    if (times.filter(count -> count < 1).isPresent()) {
      throw new IllegalArgumentException("times must be at least 1");
    }
    if (errmsg.isPresent() && errcode.isEmpty()) {
      throw new IllegalArgumentException("errmsg needs an errcode");
    }
    if (errcode.isPresent() && body.isPresent()) {
      throw new IllegalArgumentException("errcode and body exclude each other");
    }
    if (latency.isZero()
        && !hang
        && !cut
        && errcode.isEmpty()
        && httpStatus.isEmpty()
        && body.isEmpty()) {
      throw new IllegalArgumentException("a fault must do something");
    }
  }

  /** Whether the platform's own answer is replaced, so that the platform need not be asked. */
  public boolean replacesAnswer() {
    return errcode.isPresent() || httpStatus.isPresent() || body.isPresent();
  }

  /**
   * Whether this fault concerns a call; a call to an unknown path has no API, one without appid no
   * app.
   */
  boolean hits(Optional<Api> called, Optional<String> calledAppId) {
    return (api.isEmpty() || api.equals(called)) && (appId.isEmpty() || appId.equals(calledAppId));
  }

  /** A fault of one server API, still to be described. */
  public static FaultBuilder on(Api api) {
    return new FaultBuilder(Optional.of(api));
  }

  /** A fault of every server API, still to be described. */
  public static FaultBuilder onEveryApi() {
    return new FaultBuilder(Optional.empty());
  }

  /** Without the body, which may carry what should not be printed. */
  @Override
  public String toString() {
    return "Fault[" + api.map(Api::simpleName).orElse("*") + ": " + summary() + "]";
  }

  /** What goes wrong, in a few words for people. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    errcode.ifPresent(code -> text.append(" errcode ").append(code));
    httpStatus.ifPresent(status -> text.append(" status ").append(status));
    body.ifPresent(raw -> text.append(" raw body"));
    if (!latency.isZero()) {
      text.append(" latency ").append(latency.toMillis()).append(" ms");
    }
    text.append(hang ? " hang" : "").append(cut ? " cut" : "");
    return text.substring(1);
  }
}
