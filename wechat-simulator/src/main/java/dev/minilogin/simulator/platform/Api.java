package dev.minilogin.simulator.platform;

import java.util.Arrays;
import java.util.Optional;

/**
 * The server APIs that this platform answers; every other path is {@link WeChatError#INVALID_URL}.
 */
public enum Api {
  JSCODE2SESSION("/sns/jscode2session"),
  TOKEN("/cgi-bin/token"),
  STABLE_TOKEN("/cgi-bin/stable_token");

  private final String path;

  Api(String path) {
    this.path = path;
  }

  public String path() {
    return path;
  }

  /** The last segment of the path, which is how people and the control API name it. */
  public String simpleName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The API behind an exact path, if there is one. */
  public static Optional<Api> ofPath(String path) {
    return Arrays.stream(values()).filter(api -> api.path.equals(path)).findFirst();
  }

  /** The API with that {@link #simpleName()}, if there is one. */
  public static Optional<Api> ofSimpleName(String name) {
    return Arrays.stream(values()).filter(api -> api.simpleName().equals(name)).findFirst();
  }
}
