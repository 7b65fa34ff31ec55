package dev.minilogin.simulator.platform;

import java.util.regex.Pattern;

/**
 * Somebody with a WeChat account.
 *
 * @param name what the simulator calls the person (WeChat itself never tells it to anybody)
 * @param blocked high-risk user: WeChat intercepts the login with {@link WeChatError#CODE_BLOCKED}
 */
public record User(String name, boolean blocked) {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

  public User {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("user must match " + NAME);
    }
  }
}
