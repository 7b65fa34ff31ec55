package dev.minilogin.simulator.platform;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and how an app wants its messages.
 *
 * @param url http or https; a query in it is kept
 * @param token what requests are signed with, 3 to 32 letters and digits
 * @param encodingAesKey 43 characters, base64 of 32 bytes without the {@code =}; needed unless the
 *     mode is {@link PushMode#PLAIN}
 * @param originalId the app as an account: {@code gh_} and hex digits, the messages' ToUserName
 */
public record PushTarget(
    URI url,
    String token,
    Optional<String> encodingAesKey,
    PushMode mode,
    PushFormat format,
    String originalId) {

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9]{3,32}");
  private static final Pattern AES_KEY = Pattern.compile("[A-Za-z0-9+/]{43}");
  private static final Pattern ORIGINAL_ID = Pattern.compile("gh_[0-9a-f]{1,32}");

  public PushTarget {
    if (url == null
        || url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException("the push url must be an http or https URL");
    }
    if (token == null || !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("the push token must match " + TOKEN);
    }
    if (encodingAesKey.filter(key -> !AES_KEY.matcher(key).matches()).isPresent()) {
      throw new IllegalArgumentException("encodingAesKey must match " + AES_KEY);
    }
    if (mode != PushMode.PLAIN && encodingAesKey.isEmpty()) {
      throw new IllegalArgumentException("encodingAesKey is missing");
    }
    if (originalId == null || !ORIGINAL_ID.matcher(originalId).matches()) {
      throw new IllegalArgumentException("originalId must match " + ORIGINAL_ID);
    }
  }

  @Override
  public String toString() {
    return "PushTarget[" + mode + ", " + format + ", " + originalId + "]";
  }
}
