package dev.minilogin.domain.user;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A new value of a profile field that isn't shown: it is being looked at, or was refused. The field
 * keeps its old value.
 *
 * @param review which review; a decision about an older one changes nothing
 * @param state how far it is
 * @param value the new value; empty for an avatar, whose address nobody is told before it has
 *     passed, and once it was refused
 */
public record FieldReview(UUID review, State state, Optional<String> value) {
  /** How far a review is. */
  public enum State {
    /** Nobody has decided yet. */
    IN_REVIEW,
    /** It was refused; the next change of the field makes this forgotten. */
    REFUSED
  }

  public FieldReview {
    Objects.requireNonNull(review, "review");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(value, "value");
  }

  /** Without the value, which is personal data. */
  @Override
  public String toString() {
    return "FieldReview[" + review + ", " + state + "]";
  }
}
