package dev.minilogin.application.account;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditLog;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a user a copy of all that is kept of them. The phone number is masked in it, unless the
 * user proves to be there: whoever has found a token learns no number by it.
 */
public final class ExportAccount {
  private static final int EVENTS_AT_ONCE = 500;

  private final FreshCode freshCode;
  private final Accounts accounts;
  private final AuditLog auditLog;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ExportAccount(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      Identities identities,
      Users users,
      Accounts accounts,
      AuditLog auditLog,
      InstantSource clock) {
    this.freshCode = new FreshCode(miniPrograms, codeExchange, logins, identities, users, clock);
    this.accounts = accounts;
    this.auditLog = auditLog;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param session the session that asks
   * @param code what {@code wx.login} has just given, for the whole phone number
   */
  public record Command(Session session, Optional<LoginCode> code) {}

  /** What came of it. */
  public sealed interface Result {}

  /**
   * The copy.
   *
   * @param events what the audit log says of the user, the oldest first
   * @param phoneShown whether the phone number may be shown as it is
   * @param at when it was made
   */
  public record Exported(PersonalData data, List<AuditEvent> events, boolean phoneShown, Instant at)
      implements Result {
    public Exported {
      events = List.copyOf(events);
    }
  }

  /** The account is gone. */
  public record AccountGone() implements Result {}

  /** The code was sent before. */
  public record CodeSentBefore() implements Result {}

  /** The code is another person's. */
  public record SomebodyElsesCode() implements Result {}

  /** WeChat gave no identity. */
  public record ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter)
      implements Result {}

  /** The code is used up, and then the storage could not be asked. */
  public record CodeLost(StorageUnavailable failure) implements Result {}

  /**
   * Makes the copy.
   *
   * @throws StorageUnavailable if the storage can't be asked, and a code is as good as before or
   *     its exchange failed
   */
  public Result execute(Command command) {
    if (command.code().isEmpty()) {
      return export(command.session(), false, clock.instant());
    }
    return switch (freshCode.prove(
        command.session(), command.code().get(), now -> export(command.session(), true, now))) {
      case FreshCode.Outcome.Proven<Result>(Result result) -> result;
      case FreshCode.Outcome.SentBefore<Result>() -> new CodeSentBefore();
      case FreshCode.Outcome.SomebodyElses<Result>() -> new SomebodyElsesCode();
      case FreshCode.Outcome.Failed<Result>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new ExchangeFailed(failure, retryAfter);
      case FreshCode.Outcome.Lost<Result>(StorageUnavailable failure) -> new CodeLost(failure);
      case FreshCode.Outcome.AccountGone<Result>() -> new AccountGone();
    };
  }

  private Result export(Session session, boolean phoneShown, Instant now) {
    Optional<PersonalData> data = accounts.dataOf(session.userId());
    if (data.isEmpty()) {
      return new AccountGone();
    }
    List<AuditEvent> events = events(session.userId());
    auditLog.append(
        AuditEvent.of(AuditEvent.Kind.ACCOUNT_EXPORTED, Actor.USER, now)
            .withUser(session.userId())
            .withSession(session.id())
            .withApp(session.appId())
            .with("phone", phoneShown ? "shown" : "masked"));
    return new Exported(data.get(), events, phoneShown, now);
  }

  private List<AuditEvent> events(UserId user) {
    List<AuditEvent> events = new ArrayList<>();
    Optional<AuditEntry> last = Optional.empty();
    List<AuditEntry> page;
    do {
      page = auditLog.about(user, Instant.EPOCH, last, EVENTS_AT_ONCE);
      page.forEach(entry -> events.add(entry.event()));
      last = page.isEmpty() ? last : Optional.of(page.getLast());
    } while (page.size() == EVENTS_AT_ONCE);
    return events;
  }
}
