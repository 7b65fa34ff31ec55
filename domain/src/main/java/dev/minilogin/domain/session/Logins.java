package dev.minilogin.domain.session;

import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;

/**
 * Logins, from the claim on a code to the session. Shared by all instances: of all that receive a
 * code, one exchanges it.
 *
 * <p>Every method throws {@link dev.minilogin.domain.failure.StorageUnavailable} if the storage
 * can't be asked; what it then did is not known.
 */
public interface Logins {
  /**
   * Claims a code. Atomic: of all callers, on all instances, one is told {@code true}.
   *
   * @param at when
   */
  boolean claim(LoginClaim claim, Instant at);

  /**
   * Gives a claim back, because the code was not used up. Unknown claims change nothing; a recorded
   * login stays.
   */
  void release(LoginClaim claim);

  /** Remembers that the exchange failed and used the code up. Unknown claims change nothing. */
  void fail(LoginClaim claim, WeChatFailure failure);

  /**
   * Records a login, as one atomic unit: the user and the identity (unique by appid and openid) are
   * created or found, a unionid is linked, also when it comes later than the openid, the
   * session_key is put into the short history of its identity, the session is opened, and the audit
   * log says {@code LOGIN}, or {@code LOGIN_REFUSED} where the user is suspended.
   *
   * <p>The user's other sessions give way as {@link Succession} says; of parallel logins each sees
   * what the others left, so that the user never has more sessions than the mini program allows.
   *
   * <p>A new identity whose unionid belongs to a user already becomes another identity of that
   * user. A unionid that arrives for an identity with a user of its own never moves it to another
   * user: if another user has that unionid, it is noted that the two are one person ({@code
   * Merges}).
   */
  Recorded record(NewLogin login);

  /**
   * A recorded login.
   *
   * @param newUser whether it made the user
   */
  record Recorded(SessionToken token, Session session, User user, boolean newUser) {}

  /**
   * What became of a claim that somebody else holds. Waits while the exchange is in flight.
   *
   * @param key the key of this request; the answer is given to nobody else
   * @param now when; an answer older than {@link ResendKey#LIFETIME} is given to nobody
   * @param patience how long to wait at the most, in real time
   */
  Outcome outcome(LoginClaim claim, ResendKey key, Instant now, Duration patience);

  /** What became of a claim. */
  sealed interface Outcome {
    /** The login was recorded, and this is its answer again: session and user as stored now. */
    record Resent(Recorded login) implements Outcome {}

    /** The exchange failed and used the code up. */
    record Failed(WeChatFailure failure) implements Outcome {}

    /** The claim was given back, or never was: the code can be claimed. */
    record Free() implements Outcome {}

    /** The login was recorded for another request, or too long ago, or is still in flight. */
    record NotYours() implements Outcome {}
  }
}
