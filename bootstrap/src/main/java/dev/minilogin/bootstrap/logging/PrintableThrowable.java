package dev.minilogin.bootstrap.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;

/** An exception whose message, like those of its causes, is {@link Printable}. */
final class PrintableThrowable implements IThrowableProxy {
  private final IThrowableProxy throwable;

  private PrintableThrowable(IThrowableProxy throwable) {
    this.throwable = throwable;
  }

  /** Null for null. */
  static IThrowableProxy of(IThrowableProxy throwable) {
    return throwable == null ? null : new PrintableThrowable(throwable);
  }

  @Override
  public String getOverridingMessage() {
    return Printable.of(throwable.getOverridingMessage());
  }

  @Override
  public String getMessage() {
    return Printable.of(throwable.getMessage());
  }

  @Override
  public String getClassName() {
    return Printable.of(throwable.getClassName());
  }

  @Override
  public StackTraceElementProxy[] getStackTraceElementProxyArray() {
    return throwable.getStackTraceElementProxyArray();
  }

  @Override
  public int getCommonFrames() {
    return throwable.getCommonFrames();
  }

  @Override
  public IThrowableProxy getCause() {
    return of(throwable.getCause());
  }

  @Override
  public IThrowableProxy[] getSuppressed() {
    return Arrays.stream(throwable.getSuppressed())
        .map(PrintableThrowable::of)
        .toArray(IThrowableProxy[]::new);
  }

  @Override
  public boolean isCyclic() {
    return throwable.isCyclic();
  }
}
