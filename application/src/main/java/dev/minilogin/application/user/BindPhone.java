package dev.minilogin.application.user;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.phone.PhoneBindings;
import dev.minilogin.domain.session.Rotation;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.user.BoundPhone;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenData;
import dev.minilogin.domain.wechat.OpenedData;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Binds the phone number that WeChat vouches for to a user. A number belongs to one user of a
 * tenant; two accounts are never merged because of one.
 */
public final class BindPhone {
  private final MiniPrograms miniPrograms;
  private final Identities identities;
  private final PhoneCodeExchange phoneCodeExchange;
  private final OpenData openData;
  private final EncryptedDataCheck encryptedDataCheck;
  private final OpenDataAttempts attempts;
  private final PhoneBindings phones;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param clock with millisecond precision
   * @param random makes tokens and identifiers
   */
  public BindPhone(
      MiniPrograms miniPrograms,
      Identities identities,
      PhoneCodeExchange phoneCodeExchange,
      OpenData openData,
      EncryptedDataCheck encryptedDataCheck,
      Sessions sessions,
      PhoneBindings phones,
      InstantSource clock,
      SecureRandom random) {
    this.miniPrograms = miniPrograms;
    this.identities = identities;
    this.phoneCodeExchange = phoneCodeExchange;
    this.openData = openData;
    this.encryptedDataCheck = encryptedDataCheck;
    this.attempts = new OpenDataAttempts(sessions);
    this.phones = phones;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What is asked for.
   *
   * @param session the session that asks
   * @param tokenKnown whether anybody holds the session's token already, so that it must be
   *     replaced
   * @param move whether the number is taken away from another user who has it
   */
  public record Command(Session session, boolean tokenKnown, Proof proof, boolean move) {}

  /** What proves that the number is the person's. */
  public sealed interface Proof {}

  /** What the phone-number button gives. */
  public record ByCode(PhoneCode code) implements Proof {}

  /** What it gave in old base libraries, and still gives beside the code. */
  public record ByEncryptedData(EncryptedData data) implements Proof {}

  /** What came of it. */
  public sealed interface Result {}

  /**
   * The user has the number.
   *
   * @param renewed the session in place of the one that asked, whose token is dead; empty if it
   *     goes on
   */
  public record Bound(User user, Optional<Renewed> renewed) implements Result {}

  /**
   * A session that took the place of another one.
   *
   * @param at the moment that its lifetimes are to be counted from
   */
  public record Renewed(SessionToken token, Session session, Instant at) {}

  /** The session that asked has ended meanwhile: the proof is used up. */
  public record SessionOver() implements Result {}

  /** Another user of the tenant has it; the proof is used up. */
  public record Taken() implements Result {}

  /** WeChat gave no number. */
  public record ExchangeFailed(WeChatFailure failure, Optional<Duration> retryAfter)
      implements Result {}

  /** The encrypted data can't be opened, or isn't; which of them is told to nobody. */
  public record DataRefused() implements Result {}

  /** The session has failed too often at encrypted data. */
  public record NoAttemptsLeft() implements Result {}

  /** WeChat gave the number, and then it could not be stored: a code is used up for nothing. */
  public record NotRecorded(StorageUnavailable failure) implements Result {}

  /** The account is gone meanwhile. */
  public record AccountGone() implements Result {}

  /**
   * Binds the number.
   *
   * @throws StorageUnavailable if the storage can't be asked, and the proof is as good as before
   */
  public Result execute(Command command) {
    Session session = command.session();
    Optional<MiniProgram> app = miniPrograms.find(session.appId());
    Optional<Identity> identity = identities.find(session.userId(), session.appId());
    if (app.isEmpty() || identity.isEmpty()) {
      return new AccountGone();
    }
    return switch (command.proof()) {
      case ByCode(PhoneCode code) ->
          bind(
              command,
              app.get(),
              phoneCodeExchange.exchange(app.get(), code, identity.get().openId()));
      case ByEncryptedData(EncryptedData data) -> open(command, app.get(), identity.get(), data);
    };
  }

  private Result open(Command command, MiniProgram app, Identity identity, EncryptedData data) {
    OpenDataAttempts.Outcome<Reply<PhoneNumber>> outcome =
        attempts.make(
            command.session().id(),
            () ->
                openData
                    .open(identity, data, Optional.empty(), clock.instant())
                    .flatMap(OpenedData::phone)
                    .flatMap(number -> vouched(app, data, number)));
    return switch (outcome) {
      case OpenDataAttempts.Outcome.Opened<Reply<PhoneNumber>>(Reply<PhoneNumber> reply) ->
          bind(command, app, reply);
      case OpenDataAttempts.Outcome.Refused<Reply<PhoneNumber>>() -> new DataRefused();
      case OpenDataAttempts.Outcome.NoneLeft<Reply<PhoneNumber>>() -> new NoAttemptsLeft();
    };
  }

  /**
   * Whoever has a leaked session_key can encrypt any number: WeChat knows what it made itself.
   *
   * @return empty if WeChat didn't make this
   */
  private Optional<Reply<PhoneNumber>> vouched(
      MiniProgram app, EncryptedData data, PhoneNumber number) {
    if (!app.policies().encryptedDataChecked()) {
      return Optional.of(new Reply.Given<>(number));
    }
    return switch (encryptedDataCheck.isMadeByWeChat(app, data)) {
      case Reply.Given<Boolean>(Boolean made) ->
          made ? Optional.of(new Reply.Given<>(number)) : Optional.empty();
      case Reply.Failed<Boolean>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          Optional.of(new Reply.Failed<>(failure, retryAfter));
    };
  }

  private Result bind(Command command, MiniProgram app, Reply<PhoneNumber> reply) {
    return switch (reply) {
      case Reply.Given<PhoneNumber>(PhoneNumber number) -> bind(command, app, number);
      case Reply.Failed<PhoneNumber>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new ExchangeFailed(failure, retryAfter);
    };
  }

  private Result bind(Command command, MiniProgram app, PhoneNumber number) {
    BoundPhone phone = new BoundPhone(number, clock.instant());
    // Encrypted data that WeChat wasn't asked about proves too little to take a number away.
    boolean move =
        command.move()
            && (command.proof() instanceof ByCode || app.policies().encryptedDataChecked());
    Optional<Rotation> rotation =
        command.tokenKnown() ? Optional.of(rotation(command.session(), app)) : Optional.empty();
    try {
      return switch (phones.bind(
          command.session().userId(), app.policies().tenant(), phone, move, rotation)) {
        case PhoneBindings.Binding.Bound(
                User user,
                Optional<UserId> _,
                Optional<Session> renewed) ->
            new Bound(
                user,
                renewed.map(
                    session ->
                        new Renewed(rotation.orElseThrow().token(), session, rotation.get().at())));
        case PhoneBindings.Binding.Taken() -> new Taken();
        case PhoneBindings.Binding.SessionOver() -> new SessionOver();
        case PhoneBindings.Binding.NoUser() -> new AccountGone();
      };
    } catch (StorageUnavailable e) {
      return new NotRecorded(e);
    }
  }

  private Rotation rotation(Session old, MiniProgram app) {
    Instant now = clock.instant();
    return new Rotation(
        old,
        new SessionId(TimeOrderedId.make(now, random)),
        SessionToken.mint(random),
        app.lifetimes(),
        now);
  }
}
