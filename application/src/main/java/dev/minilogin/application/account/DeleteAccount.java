package dev.minilogin.application.account;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes the account of a user who asks for it and proves to be there, at once and for good. A
 * later login makes a new user.
 */
public final class DeleteAccount {
  private final FreshCode freshCode;
  private final Accounts accounts;

  /**
   * @param clock with millisecond precision
   */
  public DeleteAccount(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      Identities identities,
      Users users,
      Accounts accounts,
      InstantSource clock) {
    this.freshCode = new FreshCode(miniPrograms, codeExchange, logins, identities, users, clock);
    this.accounts = accounts;
  }

  /**
   * What is asked for.
   *
   * @param session the session that asks
   * @param code what {@code wx.login} has just given
   */
  public record Command(Session session, LoginCode code) {}

  /** What came of it. */
  public sealed interface Result {}

  /** The account is gone, and all its sessions are ended. */
  public record Deleted() implements Result {}

  /** The account was gone before, or is gone meanwhile. */
  public record AccountGone() implements Result {}

  /** An operator has locked the account meanwhile; it stays. */
  public record UserSuspended() implements Result {}

  /** The code was sent before; nothing was deleted. */
  public record CodeSentBefore() implements Result {}

  /** The code is another person's; nothing was deleted. */
  public record SomebodyElsesCode() implements Result {}

  /** WeChat gave no identity; nothing was deleted. */
  public record ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter)
      implements Result {}

  /** The code is used up, and then the account could not be deleted, or nobody knows. */
  public record NotRecorded(StorageUnavailable failure) implements Result {}

  /**
   * Deletes the account.
   *
   * @throws StorageUnavailable if the storage can't be asked, and the code is as good as before or
   *     its exchange failed
   */
  public Result execute(Command command) {
    Session session = command.session();
    return switch (freshCode.prove(
        session,
        command.code(),
        now -> accounts.erase(session.userId(), new ErasureRequest.ByUser(session.appId()), now))) {
      case FreshCode.Outcome.Proven<Accounts.Erasure>(Accounts.Erasure erasure) ->
          switch (erasure) {
            case ERASED -> new Deleted();
            case SUSPENDED -> new UserSuspended();
            case NO_ACCOUNT -> new AccountGone();
          };
      case FreshCode.Outcome.SentBefore<Accounts.Erasure>() -> new CodeSentBefore();
      case FreshCode.Outcome.SomebodyElses<Accounts.Erasure>() -> new SomebodyElsesCode();
      case FreshCode.Outcome.Failed<Accounts.Erasure>(
              WeChatFailure failure,
              Optional<Duration> retryAfter) ->
          new ExchangeFailed(failure, retryAfter);
      case FreshCode.Outcome.Lost<Accounts.Erasure>(StorageUnavailable failure) ->
          new NotRecorded(failure);
      case FreshCode.Outcome.AccountGone<Accounts.Erasure>() -> new AccountGone();
    };
  }
}
