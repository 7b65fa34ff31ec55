package dev.minilogin.domain.avatar;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a picture of ours. It is too random to be guessed (190 bits): as long as a picture is under
 * review, WeChat alone is told its key, and so alone can fetch it. What a key names never changes.
 *
 * @param value 32 of {@code A-Z a-z 0-9}
 */
public record AvatarKey(String value) {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{32}");
  private static final Pattern PATH = Pattern.compile("/avatars/(" + FORM.pattern() + ")");

  /** Whether a text from outside has the form of a key. */
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * @throws IllegalArgumentException if the value has another form
   */
  public AvatarKey {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("an avatar key must be 32 letters and digits");
    }
  }

  /** A new key. */
  public static AvatarKey make(SecureRandom random) {
    StringBuilder key = new StringBuilder(LENGTH);
    random.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> key.append(ALPHABET.charAt(i)));
    return new AvatarKey(key.toString());
  }

  /** The key in a profile's {@code avatarUrl}; empty if that picture is none of ours. */
  public static Optional<AvatarKey> ofPath(String avatarUrl) {
    Matcher path = PATH.matcher(avatarUrl);
    return path.matches() ? Optional.of(new AvatarKey(path.group(1))) : Optional.empty();
  }

  /** How a profile's {@code avatarUrl} names this picture: by its path on this server. */
  public String path() {
    return "/avatars/" + value;
  }

  @Override
  public String toString() {
    return "AvatarKey[" + value.substring(0, 4) + "…]";
  }
}
