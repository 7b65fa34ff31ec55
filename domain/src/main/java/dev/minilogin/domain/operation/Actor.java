package dev.minilogin.domain.operation;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who does something.
 *
 * @param name which operator; empty for all others
 */
public record Actor(Kind kind, Optional<String> name) {
  /** The kinds of them. */
  public enum Kind {
    /** A user, by a session of their own. */
    USER,
    /** An operator of this server. */
    OPERATOR,
    /** WeChat, by a push. */
    WECHAT,
    /** This server by itself: its configuration, or a rule that it keeps. */
    SYSTEM
  }

  /** The user whom it is about. */
  public static final Actor USER = new Actor(Kind.USER, Optional.empty());

  public static final Actor WECHAT = new Actor(Kind.WECHAT, Optional.empty());

  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, Optional.empty());

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");

  /**
   * @throws IllegalArgumentException if an operator has no name, another actor has one, or it has
   *     another form
   */
  public Actor {
    Objects.requireNonNull(kind, "kind");
    if ((kind == Kind.OPERATOR) != name.isPresent()) {
      throw new IllegalArgumentException("operators have a name, and nobody else");
    }
    if (name.filter(text -> !NAME.matcher(text).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "an operator's name has 1 to 64 letters, digits, '.', '_', '-' and '@'");
    }
  }

  /**
   * An operator.
   *
   * @param name 1 to 64 letters, digits, {@code . _ - @}
   * @throws IllegalArgumentException if the name has another form
   */
  public static Actor operator(String name) {
    return new Actor(Kind.OPERATOR, Optional.of(name));
  }
}
