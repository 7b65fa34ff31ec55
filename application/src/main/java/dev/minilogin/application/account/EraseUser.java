package dev.minilogin.application.account;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.account.ErasureRequest;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;

/**
 * Erases a user's account for an operator, whom the user may have asked by other ways: also one
 * that is suspended.
 */
public final class EraseUser {
  private final Accounts accounts;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public EraseUser(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Erases the account.
   *
   * @return {@code false} if there is none
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public boolean execute(UserId user, Actor operator) {
    return accounts.erase(user, new ErasureRequest.ByOperator(operator), clock.instant())
        == Accounts.Erasure.ERASED;
  }
}
