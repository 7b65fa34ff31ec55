package dev.minilogin.domain.user;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a person, and of each thing where it comes from. Immutable; what isn't known
 * isn't in the map.
 *
 * @param known the known fields; never a placeholder
 */
public record Profile(Map<ProfileField, Known> known) {
  /** Nothing is known. */
  public static final Profile EMPTY = new Profile(Map.of());

  /** Who told us. */
  public enum Source {
    /** The user, in the mini program. */
    USER,
    /** WeChat, in open data that we decrypted and verified. */
    WECHAT,
    /** An operator of this server. */
    OPERATOR
  }

  /**
   * A known value and its provenance.
   *
   * @param value the value, in the form of its field
   * @param source who told us
   * @param since when this value came, with millisecond precision
   */
  public record Known(String value, Source source, Instant since) {
    public Known {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(since, "since");
    }

    /** Without the value, which is personal data. */
    @Override
    public String toString() {
      return "Known[" + source + ", " + since + "]";
    }
  }

  public Profile {
    known = Map.copyOf(known);
  }

  /** The value of a field, if it is known. */
  public Optional<String> value(ProfileField field) {
    return Optional.ofNullable(known.get(field)).map(Known::value);
  }

  /**
   * This profile after a change. A placeholder changes nothing; a value that is known already keeps
   * its provenance.
   */
  public Profile after(ProfileChange change, Source source, Instant at) {
    Map<ProfileField, Known> next = new EnumMap<>(ProfileField.class);
    next.putAll(known);
    change
        .values()
        .forEach(
            (field, value) -> {
              if (value.isEmpty()) {
                next.remove(field);
              } else if (!field.isPlaceholder(value.get()) && !value(field).equals(value)) {
                next.put(field, new Known(value.get(), source, at));
              }
            });
    return new Profile(next);
  }
}
