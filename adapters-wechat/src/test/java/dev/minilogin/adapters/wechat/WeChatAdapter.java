package dev.minilogin.adapters.wechat;

import dev.minilogin.adapters.wechat.http.WeChatSettings;
import dev.minilogin.adapters.wechat.http.WeChatSettings.Limits;
import dev.minilogin.domain.testing.InMemoryAccessTokens;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.CodeExchange;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.RuntimeBeanDefinition;
import io.micronaut.inject.qualifiers.PrimaryQualifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The adapter as it runs in production, against hosts of a test. */
public final class WeChatAdapter implements AutoCloseable {
  /** Long enough for a busy machine, short enough to wait for. */
  public static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

  /** How many calls of an API may be under way at once. */
  public static final int CALLS_AT_ONCE = 8;

  private final ApplicationContext context;

  private WeChatAdapter(ApplicationContext context) {
    this.context = context;
  }

  /** Starts the adapter with tokens and a meter registry of its own. */
  public static WeChatAdapter to(URI... hosts) {
    return with(settings(hosts));
  }

  /** Starts the adapter with tokens and a meter registry of its own. */
  public static WeChatAdapter with(WeChatSettings settings) {
    return with(settings, new InMemoryAccessTokens(new InMemoryStorage()), InstantSource.system());
  }

  /** Starts the adapter with a meter registry of its own. */
  public static WeChatAdapter with(
      WeChatSettings settings, AccessTokens tokens, InstantSource clock) {
    return new WeChatAdapter(
        ApplicationContext.builder()
            .singletons(settings, tokens, new SecureRandom(), new SimpleMeterRegistry())
            .beanDefinitions(
                RuntimeBeanDefinition.builder(InstantSource.class, () -> clock)
                    .singleton(true)
                    .qualifier(PrimaryQualifier.instance())
                    .build())
            .start());
  }

  /** Settings for tests: nobody waits long, and an API that failed is left alone for good. */
  public static WeChatSettings settings(URI... hosts) {
    return new WeChatSettings(
        List.of(hosts),
        new Limits(
            Duration.ofSeconds(1), READ_TIMEOUT, READ_TIMEOUT.multipliedBy(4), CALLS_AT_ONCE),
        Map.of(),
        Duration.ofMinutes(10),
        Optional.empty());
  }

  /** The port that most tests need. */
  public CodeExchange codeExchange() {
    return get(CodeExchange.class);
  }

  /** A port that the adapter implements, or a part of it. */
  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  /** What was measured. */
  public MeterRegistry meters() {
    return get(MeterRegistry.class);
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
