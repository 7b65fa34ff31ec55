package dev.minilogin.domain.user;

import java.util.Map;
import java.util.Optional;

/**
 * A change of some fields of a profile, as a JSON merge patch says it (RFC 7396): a field that is
 * not named stays as it is.
 *
 * @param values the new value of a field, or empty where the field is to be cleared
 */
public record ProfileChange(Map<ProfileField, Optional<String>> values) {
  /**
   * @throws IllegalArgumentException if a field has an objection to its value
   */
  public ProfileChange {
    values = Map.copyOf(values);
    values.forEach(
        (field, value) ->
            value
                .flatMap(field::objectionTo)
                .ifPresent(
                    objection -> {
                      throw new IllegalArgumentException(field.key() + " " + objection);
                    }));
  }

  /** Without the values, which are personal data. */
  @Override
  public String toString() {
    return "ProfileChange" + values.keySet();
  }
}
