package dev.minilogin.domain.review;

/** What becomes of content under review. */
public enum Decision {
  /** It is shown from now on. */
  PASSED,
  /** It is dropped, and its owner is told. */
  REFUSED,
  /** It waits for an operator, unseen; its owner sees that it is in review. */
  HELD
}
