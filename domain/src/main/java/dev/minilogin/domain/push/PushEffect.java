package dev.minilogin.domain.push;

import dev.minilogin.domain.review.Decision;
import dev.minilogin.domain.user.ProfileField;
import dev.minilogin.domain.user.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** What a push changes here. Repeating it changes nothing more. */
public sealed interface PushEffect {
  /** Nothing: it is about nobody or nothing that is kept here. */
  record None() implements PushEffect {}

  /** Nothing, but its own content is erased: it asks to forget somebody who isn't kept here. */
  record Forget() implements PushEffect {}

  /**
   * The user's nickname and avatar are cleared and the user is told why.
   *
   * @param until values that came later stay: they are none of what WeChat cleaned
   */
  record Clean(UserId userId, Instant until) implements PushEffect {}

  /**
   * Exactly these data of the user are erased, and what is under review for them.
   *
   * @param phone whether the phone number, too
   * @param until values that came later stay: the user has given them anew
   */
  record Erase(UserId userId, Set<ProfileField> fields, boolean phone, Instant until)
      implements PushEffect {
    public Erase {
      fields = Set.copyOf(fields);
    }
  }

  /**
   * The account is erased: personal data, identities, what is under review, and the content of this
   * push and of all others about this person are gone, all sessions are ended, and a receipt
   * without personal data is kept. Whoever logs in with the same openid afterwards is a new user.
   */
  record EraseAccount(UserId userId) implements PushEffect {}

  /** A review is decided. */
  record Decide(UUID review, Decision decision) implements PushEffect {}
}
