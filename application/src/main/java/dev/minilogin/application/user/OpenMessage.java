package dev.minilogin.application.user;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.wechat.EncryptKey;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.SessionKeyAuthority;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Opens a message of the encrypted channel (小程序加密网络通道): what a client encrypts so that nothing
 * between its phone and us can read it, not even what ends TLS for us.
 */
public final class OpenMessage {
  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final SessionKeyAuthority authority;
  private final OpenData openData;
  private final OpenDataAttempts attempts;

  public OpenMessage(
      MiniPrograms miniPrograms,
      Identities identities,
      SessionKeyAuthority authority,
      OpenData openData,
      Sessions sessions) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.authority = authority;
    this.openData = openData;
    this.attempts = new OpenDataAttempts(sessions);
  }

  /**
   * What is asked for.
   *
   * @param version which of the user's keys the message was encrypted with
   * @param base64 the ciphertext
   */
  public record Command(Session session, long version, String base64) {
    /** Without the message. */
    @Override
    public String toString() {
      return "Command[" + session.id() + ", " + version + "]";
    }
  }

  /** What came of it. */
  public sealed interface Result {}

  /** The message's plain text. */
  public record Opened(String text) implements Result {
    /** Without the text, which may be anything. */
    @Override
    public String toString() {
      return "Opened[masked]";
    }
  }

  /** It can't be opened; why is told to nobody. */
  public record Refused() implements Result {}

  /** The session has failed too often. */
  public record NoAttemptsLeft() implements Result {}

  /** WeChat didn't give the keys. */
  public record Failed(WeChatFailure failure, Optional<Duration> retryAfter) implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Opens a message.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Result execute(Command command) {
    Session session = command.session();
    Optional<MiniProgram> app = miniPrograms.find(session.appId());
    Optional<Identity> identity = identities.find(session.userId(), session.appId());
    if (app.isEmpty() || identity.isEmpty()) {
      return new AccountGone();
    }
    // Before WeChat is asked: whoever has no attempt left must not cost calls.
    OpenDataAttempts.Outcome<Result> outcome =
        attempts.make(session.id(), () -> open(command, app.get(), identity.get()));
    return switch (outcome) {
      case OpenDataAttempts.Outcome.Opened<Result>(Result result) -> result;
      case OpenDataAttempts.Outcome.Refused<Result>() -> new Refused();
      case OpenDataAttempts.Outcome.NoneLeft<Result>() -> new NoAttemptsLeft();
    };
  }

  private Optional<Result> open(Command command, MiniProgram app, Identity identity) {
    Reply<List<EncryptKey>> reply =
        identity
            .newestSessionKey()
            .map(key -> authority.encryptKeys(app, identity.openId(), key))
            .orElseGet(() -> new Reply.Failed<>(WeChatFailure.SESSION_KEY_STALE));
    return switch (reply) {
      case Reply.Given<List<EncryptKey>>(List<EncryptKey> keys) ->
          keys.stream()
              .filter(key -> key.version() == command.version())
              .filter(key -> key.left().isPositive())
              .findFirst()
              .flatMap(key -> openData.decrypt(key, command.base64()))
              .map(Opened::new);
      case Reply.Failed<List<EncryptKey>>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          Optional.of(new Failed(failure, retryAfter));
    };
  }
}
