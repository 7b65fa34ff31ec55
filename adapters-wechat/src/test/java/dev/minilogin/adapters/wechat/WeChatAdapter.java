package dev.minilogin.adapters.wechat;

import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.domain.wechat.CodeExchange;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The adapter as it runs in production, against hosts of a test. */
public final class WeChatAdapter implements AutoCloseable {
  /** Long enough for a busy machine, short enough to wait for. */
  public static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  /** How many calls may be under way at once. */
  public static final int CALLS_AT_ONCE = 8;

  private final ApplicationContext context;

  private WeChatAdapter(ApplicationContext context) {
    this.context = context;
  }

  /** Starts the adapter. */
  public static WeChatAdapter to(URI... hosts) {
    WeChatSettings settings =
        new WeChatSettings(
            List.of(hosts),
            Duration.ofSeconds(1),
            READ_TIMEOUT,
            READ_TIMEOUT.multipliedBy(4),
            CALLS_AT_ONCE,
            Duration.ofMinutes(10));
    return new WeChatAdapter(ApplicationContext.builder().singletons(settings).start());
  }

  /** The port that it implements. */
  public CodeExchange codeExchange() {
    return context.getBean(CodeExchange.class);
  }

  /** An address of this machine where nobody listens. */
  public static URI nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
