package dev.minilogin.application.testing;

import dev.minilogin.domain.failure.StorageUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Cuts the ports that go through it off from their storage, from a chosen call on: what happens if
 * a storage goes down, or an instance ends, between two steps of a use case.
 */
public final class Outage {
  /** What became of the call at which it began. */
  public enum Beginning {
    /** It did nothing. */
    BEFORE_THE_CALL,
    /** It did its work, and nobody was told. */
    AFTER_THE_CALL
  }

  private final int callsBefore;
  private final Beginning beginning;
  private int calls;
  private boolean over;

  /**
   * @param callsBefore so many calls, of all ports together, work
   */
  public Outage(int callsBefore, Beginning beginning) {
    this.callsBefore = callsBefore;
    this.beginning = beginning;
  }

  /** The port, as it is seen through the outage. */
  public <T> T through(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(port, method, arguments)));
  }

  /** From now on everything works. */
  public synchronized void end() {
    over = true;
  }

  /** Whether it has begun, at all. */
  public synchronized boolean hasBegun() {
    return calls > callsBefore;
  }

  private synchronized Object call(Object port, Method method, Object[] arguments)
      throws Throwable {
    boolean cut = !over && calls >= callsBefore;
    boolean takesEffect = !cut || calls == callsBefore && beginning == Beginning.AFTER_THE_CALL;
    calls++;
    Object result = null;
    if (takesEffect) {
      try {
        result = method.invoke(port, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
    if (cut) {
      throw new StorageUnavailable("being cut off", new IllegalStateException("an outage"));
    }
    return result;
  }
}
