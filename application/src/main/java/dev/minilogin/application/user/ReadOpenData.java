package dev.minilogin.application.user;

import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.SignedData;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Opens the encrypted open data that a client got from WeChat, and takes over what it says of the
 * user's profile.
 */
public final class ReadOpenData {
  private final Identities identities;
  private final OpenData openData;
  private final OpenDataAttempts attempts;
  private final UpdateProfile updateProfile;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public ReadOpenData(
      Identities identities,
      OpenData openData,
      Sessions sessions,
      UpdateProfile updateProfile,
      InstantSource clock) {
    this.identities = identities;
    this.openData = openData;
    this.attempts = new OpenDataAttempts(sessions);
    this.updateProfile = updateProfile;
    this.clock = clock;
  }

  /**
   * What is asked for.
   *
   * @param session the session that asks, which has a budget of failures
   * @param user its user, as just read
   */
  public record Command(
      Session session, User user, EncryptedData data, Optional<SignedData> signed) {}

  /** What came of it. */
  public sealed interface Result {}

  /** The data is the user's, of this mini program, and fresh. */
  public record Opened(OpenedData data) implements Result {}

  /** It can't be opened, or isn't; which of them is told to nobody. */
  public record Refused() implements Result {}

  /** The session has failed too often. */
  public record NoAttemptsLeft() implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Opens the data.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Result execute(Command command) {
    Optional<Identity> identity = identities.find(command.user().id(), command.session().appId());
    if (identity.isEmpty()) {
      return new AccountGone();
    }
    OpenDataAttempts.Outcome<OpenedData> outcome =
        attempts.make(
            command.session().id(),
            () -> openData.open(identity.get(), command.data(), command.signed(), clock.instant()));
    return switch (outcome) {
      case OpenDataAttempts.Outcome.Opened<OpenedData>(OpenedData opened) ->
          takeOver(command, opened);
      case OpenDataAttempts.Outcome.Refused<OpenedData>() -> new Refused();
      case OpenDataAttempts.Outcome.NoneLeft<OpenedData>() -> new NoAttemptsLeft();
    };
  }

  private Result takeOver(Command command, OpenedData opened) {
    if (!opened.profile().values().isEmpty()
        && updateProfile.execute(
                new UpdateProfile.Command(
                    command.user(),
                    command.session().appId(),
                    opened.profile(),
                    Profile.Source.WECHAT))
            instanceof UpdateProfile.AccountGone) {
      return new AccountGone();
    }
    return new Opened(opened);
  }
}
