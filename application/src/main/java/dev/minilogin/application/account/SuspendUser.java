package dev.minilogin.application.account;

import dev.minilogin.domain.account.Accounts;
import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import java.time.InstantSource;

/** Locks an account for an operator, which ends all its sessions. Its data stay. */
public final class SuspendUser {
  private final Accounts accounts;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public SuspendUser(Accounts accounts, InstantSource clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /**
   * Locks the account.
   *
   * @return {@code false} if there is no such active one
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be done
   */
  public boolean execute(UserId user, Actor operator) {
    return accounts.suspend(user, operator, clock.instant());
  }
}
