package dev.minilogin.domain.wechat;

import dev.minilogin.domain.identifier.Secret;
import java.util.regex.Pattern;

/**
 * WeChat's access_token of a mini program: it authenticates most calls of WeChat's server APIs.
 *
 * @param reveal 1 to 1024 printable ASCII characters; WeChat asks to keep room for 512
 */
public record AccessToken(String reveal) implements Secret {
  private static final Pattern FORM = Pattern.compile("[!-~]{1,1024}");

  /**
   * @throws IllegalArgumentException if it has another form
   */
  public AccessToken {
    if (!FORM.matcher(reveal).matches()) {
      throw new IllegalArgumentException(
          "an access_token must be 1 to 1024 printable ASCII characters");
    }
  }

  @Override
  public String toString() {
    return masked();
  }
}
