package dev.minilogin.domain.session;

/** Why a session ended. Told only to the holder of its token. */
public enum EndReason {
  /** Not used for the idle lifetime. */
  IDLE,
  /** Reached its absolute lifetime. */
  EXPIRED,
  /** The same install logged in again. */
  REPLACED,
  /** Ended from another session, by an operator, or with all sessions of the user. */
  REVOKED,
  /** The user logged out. */
  SIGNED_OUT,
  /** An operator locked the account. */
  USER_SUSPENDED,
  /** The account was deleted. */
  ACCOUNT_DELETED,
  /** The mini program is disabled on this server. */
  APP_DISABLED
}
