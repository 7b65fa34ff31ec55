package dev.minilogin.application.account;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.CodeExchange;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.LoginCode;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Does what needs more than a token: the user proves to be there, with a code that {@code wx.login}
 * has just given. Such a code opens no session. As one of a login, it is exchanged once, whatever
 * it was sent for and to however many instances.
 */
final class FreshCode {
  private final MiniPrograms miniPrograms;
  private final CodeExchange codeExchange;
  private final Logins logins;
  private final Identities identities;
  private final Users users;
  private final InstantSource clock;

  FreshCode(
      MiniPrograms miniPrograms,
      CodeExchange codeExchange,
      Logins logins,
      Identities identities,
      Users users,
      InstantSource clock) {
    this.miniPrograms = miniPrograms;
    this.codeExchange = codeExchange;
    this.logins = logins;
    this.identities = identities;
    this.users = users;
    this.clock = clock;
  }

  /** What came of a code. */
  sealed interface Outcome<T> {
    /** It is the session's user's, and this came of what was to be done. */
    record Proven<T>(T result) implements Outcome<T> {}

    /** The code was sent before. */
    record SentBefore<T>() implements Outcome<T> {}

    /** The code is another person's, and used up. */
    record SomebodyElses<T>() implements Outcome<T> {}

    /** WeChat gave no identity. */
    record Failed<T>(WeChatFailure failure, Optional<Duration> retryAfter) implements Outcome<T> {}

    /** The code is used up, and then the storage could not be asked. */
    record Lost<T>(StorageUnavailable failure) implements Outcome<T> {}

    /** The account is gone. */
    record AccountGone<T>() implements Outcome<T> {}
  }

  /**
   * Does something once the code has proven that the session's user is there.
   *
   * @param action is told the moment
   * @throws StorageUnavailable if the storage can't be asked, and the code is as good as before or
   *     its exchange failed
   */
  <T> Outcome<T> prove(Session session, LoginCode code, Function<Instant, T> action) {
    Optional<MiniProgram> app = miniPrograms.find(session.appId());
    if (app.isEmpty()) {
      return new Outcome.AccountGone<>();
    }
    LoginClaim claim = LoginClaim.of(session.appId(), code);
    if (!logins.claim(claim, clock.instant())) {
      return new Outcome.SentBefore<>();
    }
    return switch (codeExchange.exchange(app.get(), code)) {
      case Reply.Given(WeChatIdentity identity) -> {
        try {
          yield act(session, claim, identity, action);
        } catch (StorageUnavailable e) {
          yield new Outcome.Lost<>(e);
        }
      }
      case Reply.Failed(WeChatFailure failure, Optional<Duration> retryAfter) -> {
        if (failure.codeSpent()) {
          logins.fail(claim, failure);
        } else {
          logins.release(claim);
        }
        yield new Outcome.Failed<>(failure, retryAfter);
      }
    };
  }

  private <T> Outcome<T> act(
      Session session, LoginClaim claim, WeChatIdentity identity, Function<Instant, T> action) {
    // Whoever sends the code for a login is told so at once.
    logins.fail(claim, WeChatFailure.CODE_USED);
    Optional<UserId> user =
        identities.find(session.appId(), identity.openId()).map(Identity::userId);
    if (user.equals(Optional.of(session.userId()))) {
      Instant now = clock.instant();
      // The exchange may have replaced it at WeChat.
      identities.keep(session.appId(), identity.openId(), identity.sessionKey(), now);
      return new Outcome.Proven<>(action.apply(now));
    }
    boolean gone =
        users
            .find(session.userId())
            .filter(known -> known.status() != User.Status.DELETED)
            .isEmpty();
    return gone ? new Outcome.AccountGone<>() : new Outcome.SomebodyElses<>();
  }
}
