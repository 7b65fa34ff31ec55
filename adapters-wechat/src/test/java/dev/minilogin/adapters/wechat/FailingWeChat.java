package dev.minilogin.adapters.wechat;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.simulator.fault.Fault;
import dev.minilogin.simulator.fault.FaultBuilder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** An adapter at a simulated WeChat that fails as a test wants. */
public final class FailingWeChat implements AutoCloseable {
  private final Scene scene;
  private final WeChatAdapter adapter;
  private final WeChatAdapter lost = WeChatAdapter.to(WeChatAdapter.nobody());
  private final AtomicReference<WeChatFailure> next = new AtomicReference<>();

  /**
   * @param scene is closed with it
   */
  public FailingWeChat(Scene scene) {
    this.scene = scene;
    this.adapter = WeChatAdapter.to(scene.simulator().uri());
  }

  /** Lets the next call fail so, however many requests it takes. */
  public void failNext(WeChatFailure failure) {
    next.set(failure);
  }

  /** Makes a call of a port, which asks that API. */
  public <P, T> Reply<T> call(WeChatApi api, Class<P> port, Function<P, Reply<T>> call) {
    Optional<WeChatFailure> failure = Optional.ofNullable(next.getAndSet(null));
    if (failure.isEmpty()) {
      return call.apply(adapter.get(port));
    }
    if (failure.get() == WeChatFailure.UNREACHABLE) {
      return call.apply(lost.get(port));
    }
    scene.simulator().addFault(fault(Fault.on(Calls.simulated(api)), failure.get()).always());
    try {
      return call.apply(adapter.get(port));
    } finally {
      scene.simulator().clearFaults();
    }
  }

  private static FaultBuilder fault(FaultBuilder fault, WeChatFailure failure) {
    return switch (failure) {
      case CODE_INVALID -> fault.errcode(40029);
      case CODE_USED -> fault.errcode(40163);
      case USER_BLOCKED -> fault.errcode(40226);
      case RATE_LIMITED -> fault.errcode(45011);
      case SESSION_KEY_STALE -> fault.errcode(87009);
      case NOT_VISITED -> fault.errcode(61010);
      case APP_REFUSED -> fault.errcode(48001);
      case BUSY -> fault.errcode(-1);
      case INVALID_ANSWER -> fault.httpStatus(502).body("<html>");
      case TIMED_OUT -> fault.hang();
      case UNREACHABLE -> throw new IllegalArgumentException("no fault of WeChat's");
    };
  }

  @Override
  public void close() {
    adapter.close();
    lost.close();
    scene.close();
  }
}
