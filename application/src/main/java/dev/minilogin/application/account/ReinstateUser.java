package dev.minilogin.application.account;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;

/** Unlocks an account for an operator: its user can log in again. */
public final class ReinstateUser {
  private final Accounts accounts;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ReinstateUser(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Unlocks the account.
   *
   * @return {@code false} if there is no such suspended one
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public boolean execute(UserId user, Actor operator) {
    return accounts.reinstate(user, operator, clock.instant());
  }
}
