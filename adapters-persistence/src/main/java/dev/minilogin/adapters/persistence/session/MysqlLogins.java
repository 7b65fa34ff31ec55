package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.audit.AuditTrail;
import dev.minilogin.adapters.persistence.merge.MergeNotes;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.adapters.persistence.user.UserRow;
import dev.minilogin.adapters.persistence.wechat.SessionKeys;
import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.session.Sessions;
import dev.minilogin.domain.session.Succession;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.Users;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatFailure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Logins in MySQL.
 *
 * <p>Recording the first one of a person costs five round trips, COMMIT included, and the claim
 * before it one. Of somebody who is known it costs one more, to look what sessions there are, and
 * one more if one of them gives way, or a cap's worth of them does.
 */
@Singleton
final class MysqlLogins implements Logins {
  private static final Duration FIRST_LOOK_AFTER = Duration.ofMillis(20);
  private static final Duration LOOK_AT_LEAST_EVERY = Duration.ofMillis(160);

  private final ClaimRows claims;
  private final LoginRows logins;
  private final SessionChanges sessionChanges;
  private final MergeNotes mergeNotes;
  private final Sessions sessions;
  private final Users users;
  private final AuditTrail audit;
  private final Storage storage;
  private final SessionKeys sessionKeys;
  private final Sealer sealer;

  MysqlLogins(
      ClaimRows claims,
      LoginRows logins,
      SessionChanges sessionChanges,
      MergeNotes mergeNotes,
      Sessions sessions,
      Users users,
      AuditTrail audit,
      Storage storage,
      SessionKeys sessionKeys,
      Sealer sealer) {
    this.claims = claims;
    this.logins = logins;
    this.sessionChanges = sessionChanges;
    this.mergeNotes = mergeNotes;
    this.sessions = sessions;
    this.users = users;
    this.audit = audit;
    this.storage = storage;
    this.sessionKeys = sessionKeys;
    this.sealer = sealer;
  }

  @Override
  public boolean claim(LoginClaim claim, Instant at) {
    return storage.statement(
            "claiming a code", () -> claims.claim(claim.bytes(), at.toEpochMilli()))
        == 1;
  }

  @Override
  public void release(LoginClaim claim) {
    storage.statement("giving a claim back", () -> claims.release(claim.bytes()));
  }

  @Override
  public void fail(LoginClaim claim, WeChatFailure failure) {
    storage.statement("noting a failed exchange", () -> claims.fail(claim.bytes(), failure.name()));
  }

  @Override
  public Recorded record(NewLogin login) {
    return storage.transaction("recording a login", () -> recordOnce(login));
  }

  private Recorded recordOnce(NewLogin login) {
    boolean newIdentity = putIdentity(login);
    boolean newUser = newIdentity && insertUser(login);
    User user = newUser ? User.firstSeen(login.newUserId(), login.at()) : existingUser(login);
    Succession succession =
        Succession.of(login, newUser ? List.of() : sessionChanges.present(user.id(), login.at()));
    Session session = login.sessionOf(user, succession.family());
    open(login, session, succession, newUser);
    Recorded recorded = new Recorded(login.token(), session, user, newUser);
    audit.append(AuditEvents.login(recorded));
    return recorded;
  }

  private boolean putIdentity(NewLogin login) {
    String appId = login.app().appId().value();
    String openid = login.identity().openId().value();
    List<byte[]> macs = sessionKeys.hashes(appId, openid, login.identity().sessionKey());
    return logins.putIdentity(
            appId,
            openid,
            Binary.of(login.newUserId().value()),
            unionid(login),
            sessionKeys.seal(appId, openid, login.identity().sessionKey()),
            macs.getFirst(),
            macs.getLast(),
            login.at().toEpochMilli())
        == 1;
  }

  private boolean insertUser(NewLogin login) {
    return logins.insertUser(
            Binary.of(login.newUserId().value()),
            unionid(login),
            User.Status.ACTIVE.name(),
            login.at().toEpochMilli())
        == 1;
  }

  private User existingUser(NewLogin login) {
    UserRow row =
        logins
            .userOf(login.app().appId().value(), login.identity().openId().value())
            // The unionid found no user when the identity was put, and one when the user was.
            .orElseThrow(() -> new Storage.LostRace("the unionid got a user meanwhile"));
    String unionid = unionid(login);
    User user = row.toUser(sealer);
    if (unionid != null && row.unionid() == null) {
      logins.linkUnionid(row.id(), unionid);
      mergeNotes.foundIfAnothers(user, unionid, login.at());
    }
    return user;
  }

  private void open(NewLogin login, Session session, Succession succession, boolean newUser) {
    sessionChanges.open(
        session,
        succession,
        login.at(),
        login.token(),
        login.claim(),
        newUser,
        login
            .resendKey()
            .map(key -> sealer.sealWith(key.bytes(), login.token().reveal(), place(login.claim())))
            .orElse(null));
  }

  @Override
  public Outcome outcome(LoginClaim claim, ResendKey key, Instant now, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pause = FIRST_LOOK_AFTER.toNanos();
    while (true) {
      Optional<ClaimRow> row =
          storage.statement("reading a claim", () -> claims.byClaim(claim.bytes()));
      if (row.isEmpty()) {
        return new Outcome.Free();
      }
      if (row.get().failure() != null) {
        return new Outcome.Failed(WeChatFailure.valueOf(row.get().failure()));
      }
      if (row.get().loggedInAt() != null) {
        return answer(row.get(), claim, key, now);
      }
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return new Outcome.NotYours();
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LOOK_AT_LEAST_EVERY.toNanos());
    }
  }

  private Outcome answer(ClaimRow row, LoginClaim claim, ResendKey key, Instant now) {
    Instant loggedInAt = Instant.ofEpochMilli(row.loggedInAt());
    if (row.sealedAnswer() == null || now.isAfter(loggedInAt.plus(ResendKey.LIFETIME))) {
      return new Outcome.NotYours();
    }
    SessionToken token;
    try {
      token = new SessionToken(sealer.openWith(key.bytes(), row.sealedAnswer(), place(claim)));
    } catch (UnsealingFailed e) {
      return new Outcome.NotYours();
    }
    return sessions
        .findStored(token)
        .map(Sessions.Held::session)
        .flatMap(
            session ->
                users
                    .find(session.userId())
                    .<Outcome>map(
                        user ->
                            new Outcome.Resent(new Recorded(token, session, user, row.newUser()))))
        .orElseGet(Outcome.NotYours::new);
  }

  private static String place(LoginClaim claim) {
    return "login answer " + HexFormat.of().formatHex(claim.bytes());
  }

  private static String unionid(NewLogin login) {
    return login.identity().unionId().map(UnionId::value).orElse(null);
  }
}
