package dev.minilogin.adapters.wechat.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minilogin.adapters.wechat.Calls;
import dev.minilogin.adapters.wechat.Scene;
import dev.minilogin.adapters.wechat.WeChatAdapter;
import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.domain.testing.AtOnce;
import dev.minilogin.domain.testing.InMemoryAccessTokens;
import dev.minilogin.domain.testing.InMemoryStorage;
import dev.minilogin.domain.testing.MutableClock;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.simulator.platform.Api;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Four instances that share one token, while time passes and others replace the token. */
class FourInstancesTest {
  private static final int CALLS = 1000;
  private static final int INSTANCES = 4;
  private static final Duration LIFETIME = Duration.ofSeconds(7200);

  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  @Test
  void wechat_is_asked_for_no_more_tokens_than_have_ended() {
    MutableClock clock = new MutableClock(Instant.parse("2026-03-01T10:20:30Z"));
    AccessTokens tokens = new InMemoryAccessTokens(new InMemoryStorage());
    try (Scene scene = new Scene(clock)) {
      List<WeChatAdapter> instances =
          Stream.generate(
                  () ->
                      WeChatAdapter.with(
                          WeChatAdapter.settings(scene.simulator().uri()), tokens, clock))
              .limit(INSTANCES)
              .toList();
      // From the token's first minute over its end, in steps of a tenth of its life.
      Duration step = LIFETIME.dividedBy(10);
      int rounds = 20;
      for (int round = 0; round < rounds; round++) {
        List<Boolean> fine = AtOnce.run(INSTANCES, i -> callOften(instances.get(i), scene, rounds));
        assertThat(fine).containsOnly(true);
        clock.advance(step);
      }
      instances.forEach(WeChatAdapter::close);

      long ends = step.multipliedBy(rounds).dividedBy(LIFETIME);
      assertThat(scene.simulator().calls(Api.STABLE_TOKEN))
          .isLessThanOrEqualTo(1 + ends + kills.get());
      assertThat(kills.get()).isPositive();
      assertThat(repeated.get()).isLessThanOrEqualTo(kills.get() * INSTANCES);
    }
  }

  /** Whether each call succeeded, if need be when it was made a second time. */
  private boolean callOften(WeChatAdapter instance, Scene scene, int rounds) {
    for (int i = 0; i < CALLS / INSTANCES / rounds; i++) {
      if (random.nextInt(100) == 0) {
        kills.incrementAndGet();
        scene.simulator().killStableToken(Scene.APP.appId().value());
      }
      if (!isFine(instance, scene)) {
        repeated.incrementAndGet();
        if (!isFine(instance, scene)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isFine(WeChatAdapter instance, Scene scene) {
    return Calls.of(WeChatApi.CHECK_SESSION_KEY, scene, instance) instanceof Reply.Given<?>;
  }
}
