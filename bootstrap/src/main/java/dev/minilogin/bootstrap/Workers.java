package dev.minilogin.bootstrap;

import dev.minilogin.adapters.persistence.keys.KeyRenewal;
import dev.minilogin.adapters.web.problem.Trace;
import dev.minilogin.application.audit.LinkAuditLog;
import dev.minilogin.application.audit.PurgeAuditLog;
import dev.minilogin.application.avatar.SweepAvatars;
import dev.minilogin.application.limit.ForgetUses;
import dev.minilogin.application.push.ForgetPushes;
import dev.minilogin.application.push.HandlePushes;
import dev.minilogin.application.retention.PurgeExpired;
import dev.minilogin.application.review.ReviewDueContent;
import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs, from time to time, the use cases that no request runs. All instances may do so at once. */
@Singleton
@Requires(property = Workers.ENABLED, notEquals = StringUtils.FALSE)
@Requires(missingProperty = OperatorCommands.RUNNING)
final class Workers {
  /** {@code false} where a process only serves requests. */
  static final String ENABLED = "mini-login.workers.enabled";

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final HandlePushes handlePushes;
  private final ReviewDueContent reviewDueContent;
  private final SweepAvatars sweepAvatars;
  private final ForgetPushes forgetPushes;
  private final ForgetUses forgetUses;
  private final KeyRenewal keyRenewal;
  private final LinkAuditLog linkAuditLog;
  private final PurgeAuditLog purgeAuditLog;
  private final PurgeExpired purgeExpired;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  Workers(
      HandlePushes handlePushes,
      ReviewDueContent reviewDueContent,
      SweepAvatars sweepAvatars,
      ForgetPushes forgetPushes,
      ForgetUses forgetUses,
      KeyRenewal keyRenewal,
      LinkAuditLog linkAuditLog,
      PurgeAuditLog purgeAuditLog,
      PurgeExpired purgeExpired) {
    this.handlePushes = handlePushes;
    this.reviewDueContent = reviewDueContent;
    this.sweepAvatars = sweepAvatars;
    this.forgetPushes = forgetPushes;
    this.forgetUses = forgetUses;
    this.keyRenewal = keyRenewal;
    this.linkAuditLog = linkAuditLog;
    this.purgeAuditLog = purgeAuditLog;
    this.purgeExpired = purgeExpired;
  }

  @Scheduled(fixedDelay = "${mini-login.workers.pushes:500ms}")
  void handlePushes() {
    untilNoneIsLeft("handling pushes", handlePushes::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.reviews:2s}")
  void reviewContent() {
    untilNoneIsLeft("reviewing content", reviewDueContent::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.avatars:1m}", initialDelay = "10s")
  void sweepAvatars() {
    untilNoneIsLeft("deleting unused avatars", sweepAvatars::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.retention:1h}", initialDelay = "30s")
  void forgetPushes() {
    untilNoneIsLeft("forgetting old pushes", forgetPushes::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.limits:1m}", initialDelay = "20s")
  void forgetUses() {
    untilNoneIsLeft("forgetting old rate limits", forgetUses::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.keys:1m}", initialDelay = "20s")
  void renewKeys() {
    untilNoneIsLeft("sealing anew under the keys in use", keyRenewal::renewSome);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.audit:1s}")
  void linkAuditLog() {
    untilNoneIsLeft("linking the audit log", linkAuditLog::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.retention:1h}", initialDelay = "45s")
  void purgeAuditLog() {
    untilNoneIsLeft("purging the audit log", purgeAuditLog::execute);
  }

  @Scheduled(fixedDelay = "${mini-login.workers.retention:1h}", initialDelay = "1m")
  void purgeExpired() {
    untilNoneIsLeft("purging what is past its time", purgeExpired::execute);
  }

  /**
   * What fails is left for the next time; that it does is told once, and when it is over. All that
   * one run logs has one trace id.
   */
  private void untilNoneIsLeft(String doing, IntSupplier some) {
    try (MDC.MDCCloseable _ = MDC.putCloseable(Trace.KEY, Trace.next())) {
      while (some.getAsInt() > 0 && !Thread.currentThread().isInterrupted()) {}
      if (failing.remove(doing)) {
        LOG.info("{} works again", doing);
      }
    } catch (StorageUnavailable e) {
      if (failing.add(doing)) {
        LOG.warn("{}: {}", doing, e.getMessage());
      }
    }
  }
}
