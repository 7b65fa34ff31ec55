package dev.minilogin.domain.push;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Proves that a push comes from WeChat, and reads it (消息推送). Asks nobody. */
public interface PushEnvelopes {
  /** A request whose timestamp is further away than this is refused: it may have been recorded. */
  Duration WINDOW = Duration.ofMinutes(5);

  /**
   * Whether a check of our address ({@code GET} with {@code echostr}) comes from WeChat. Its body
   * is empty.
   */
  boolean isGenuine(PushSettings settings, PushRequest check, Instant now);

  /**
   * Opens a push. In secure and compatible mode its {@code msg_signature} and the appid behind its
   * message must be right, in plain mode its {@code signature}; in all modes its timestamp must be
   * within {@link #WINDOW} and its body in the settings' format, of which the other one's parser
   * sees nothing.
   *
   * @return empty whatever is wrong
   */
  Optional<PushEvent> open(AppId appId, PushSettings settings, PushRequest push, Instant now);
}
