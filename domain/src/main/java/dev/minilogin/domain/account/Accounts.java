package dev.minilogin.domain.account;

import dev.minilogin.domain.operation.Actor;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * The accounts of this server, each as a whole. A deleted account counts as none.
 *
 * <p>What is done leaves an event in the audit log: {@code ACCOUNT_DELETED}, {@code
 * USER_SUSPENDED}, {@code USER_REINSTATED}.
 *
 * <p>Every method is atomic and throws {@link dev.minilogin.domain.failure.StorageUnavailable} if
 * the storage can't be asked.
 */
public interface Accounts {
  /**
   * Erases an account: personal data, identities, what is under review, and the content of all
   * pushes about this person are gone, all sessions are ended, and a receipt without personal data
   * is kept. Whoever logs in with the same openid afterwards is a new user. Of several callers one
   * is told that it did that.
   */
  Erasure erase(UserId id, ErasureRequest request, Instant at);

  /** What came of a request to erase an account. */
  enum Erasure {
    /** It is gone. */
    ERASED,
    /** It is suspended, and stays: only an operator can have it erased. */
    SUSPENDED,
    /** There is none. */
    NO_ACCOUNT
  }

  /**
   * Locks an active account and ends all its sessions.
   *
   * @return {@code false}, and nothing changed, if there is no such account, or it isn't active
   */
  boolean suspend(UserId id, Actor by, Instant at);

  /**
   * Lets the user of a suspended account log in again; sessions from before stay ended.
   *
   * @return {@code false}, and nothing changed, if there is no such account, or it isn't suspended
   */
  boolean reinstate(UserId id, Actor by, Instant at);

  /** All that is kept of a person; empty if there is no such account. */
  Optional<PersonalData> dataOf(UserId id);
}
