package dev.minilogin.bootstrap;

import dev.minilogin.adapters.web.problem.Trace;
import dev.minilogin.adapters.wechat.token.SelfCheck;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;

/**
 * Checks, after the start and beside everything else, that WeChat serves each configured mini
 * program, until it does once.
 */
@Singleton
@Requires(property = SelfChecks.ENABLED, notEquals = StringUtils.FALSE)
@Requires(missingProperty = OperatorCommands.RUNNING)
final class SelfChecks {
  /** {@code false} where nobody is to be asked at start. */
  static final String ENABLED = "mini-login.wechat.self-check";

  private final SelfCheck selfCheck;
  private final MiniPrograms miniPrograms;
  private final Set<AppId> open = ConcurrentHashMap.newKeySet();

  SelfChecks(SelfCheck selfCheck, MiniPrograms miniPrograms, Settings settings) {
    this.selfCheck = selfCheck;
    this.miniPrograms = miniPrograms;
    settings.apps().stream().map(MiniProgram::appId).forEach(open::add);
  }

  @Scheduled(initialDelay = "1s", fixedDelay = "${mini-login.wechat.self-check-every:1m}")
  void check() {
    try (MDC.MDCCloseable _ = MDC.putCloseable(Trace.KEY, Trace.next())) {
      open.removeIf(this::isWell);
    }
  }

  private boolean isWell(AppId appId) {
    try {
      return miniPrograms
          .find(appId)
          .filter(MiniProgram::enabled)
          .filter(selfCheck::isWell)
          .isPresent();
    } catch (StorageUnavailable e) {
      // Told by who needs it more; checked again.
      return false;
    }
  }
}
