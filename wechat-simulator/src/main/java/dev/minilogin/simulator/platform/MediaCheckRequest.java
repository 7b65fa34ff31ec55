package dev.minilogin.simulator.platform;

/**
 * The body of a {@code media_check_async} call of version 2.
 *
 * @param mediaType 1 audio, 2 image
 * @param scene 1 profile, 2 comment, 3 forum, 4 social log
 */
public record MediaCheckRequest(String mediaUrl, int mediaType, int scene, String openid) {

  @Override
  public String toString() {
    return "MediaCheckRequest[mediaType=" + mediaType + ", scene=" + scene + "]";
  }
}
