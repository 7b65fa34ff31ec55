package dev.minilogin.simulator.platform;

import java.util.Optional;

/**
 * The body of a {@code msg_sec_check} call of version 2.
 *
 * @param content at most 2500 characters
 * @param scene 1 profile, 2 comment, 3 forum, 4 social log
 * @param others title, nickname and signature, as far as given
 */
public record TextCheck(String content, int scene, String openid, String others) {

  /** The marker of risky or doubtful text that this one contains, risky ones first. */
  Optional<Marker> marker() {
    String all = content + "\n" + others;
    return Marker.ALL.stream().filter(marker -> all.contains(marker.text())).findFirst();
  }

  @Override
  public String toString() {
    return "TextCheck[scene=" + scene + "]";
  }
}
