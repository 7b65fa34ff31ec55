package dev.minilogin.domain.identifier;

import java.util.Optional;

/** What every text from outside must be before it is kept: of bounded length, and only text. */
public final class PlainText {
  private PlainText() {}

  /**
   * What is wrong with a text, in words for a developer.
   *
   * @param longest the greatest length, in Unicode code points
   * @return empty if nothing is
   */
  public static Optional<String> objectionTo(String text, int longest) {
    if (text.codePointCount(0, text.length()) > longest) {
      return Optional.of("must have at most " + longest + " characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("must not contain control characters");
    }
    boolean loneSurrogate =
        text.codePoints()
            .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    return loneSurrogate ? Optional.of("must be well-formed Unicode") : Optional.empty();
  }
}
