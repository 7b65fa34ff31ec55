package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEvents;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.session.EndReason;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.Logins;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.ResendKey;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.Succession;
import dev.minilogin.domain.testing.InMemoryStorage.Claim;
import dev.minilogin.domain.testing.InMemoryStorage.Person;
import dev.minilogin.domain.testing.InMemoryStorage.Vouched;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The logins of an {@link InMemoryStorage}. */
public final class InMemoryLogins implements Logins {
  private final InMemoryStorage storage;

  public InMemoryLogins(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public boolean claim(LoginClaim claim, Instant at) {
    return storage.inOneStep(
        "claiming a code",
        () -> {
          boolean free = storage.claims.putIfAbsent(claim, new Claim.InFlight()) == null;
          if (free) {
            storage.claimedAt.put(claim, at);
          }
          return free;
        });
  }

  @Override
  public void release(LoginClaim claim) {
    storage.inOneStep("releasing a code", () -> storage.claims.remove(claim, new Claim.InFlight()));
  }

  @Override
  public void fail(LoginClaim claim, WeChatFailure failure) {
    storage.inOneStep(
        "recording a failed login",
        () -> storage.claims.replace(claim, new Claim.InFlight(), new Claim.Failed(failure)));
  }

  @Override
  public Recorded record(NewLogin login) {
    return storage.inOneStep("recording a login", () -> recordInStep(login));
  }

  private Recorded recordInStep(NewLogin login) {
    User user = storage.usersById.computeIfAbsent(userOf(login), id -> firstSeen(id, login));
    storage.vouchedByPerson.compute(
        personOf(login),
        (_, known) ->
            known == null
                ? Vouched.first(user.id(), login.identity(), login.at())
                : known.loggedInAgain(login.identity(), login.at()));
    login.identity().unionId().ifPresent(unionId -> link(unionId, user, login));
    Succession succession = Succession.of(login, storage.openSessions(user.id(), login.at()));
    succession
        .replaced()
        .forEach(
            old ->
                storage.end(
                    old, new Session.Ending(login.at().plus(Session.TAIL), EndReason.REPLACED)));
    succession
        .retired()
        .forEach(old -> storage.end(old, new Session.Ending(login.at(), EndReason.REVOKED)));
    Session session = login.sessionOf(user, succession.family());
    storage.sessionsById.put(session.id(), session);
    succession.replaced().forEach(old -> storage.audit(AuditEvents.replaced(old, session)));
    succession.retired().forEach(old -> storage.audit(AuditEvents.retired(old, session)));
    storage.sessionsByToken.put(login.token(), session.id());
    boolean newUser = user.id().equals(login.newUserId());
    storage.claims.put(login.claim(), new Claim.Done(login, newUser));
    Recorded recorded = new Recorded(login.token(), session, user, newUser);
    storage.audit(AuditEvents.login(recorded));
    return recorded;
  }

  private void link(UnionId unionId, User user, NewLogin login) {
    UserId owner = storage.usersByUnionId.putIfAbsent(unionId, user.id());
    if (owner != null
        && !owner.equals(user.id())
        && !storage.usersByUnionId.containsValue(user.id())) {
      Merge found =
          Merge.found(login.newUserId().value(), user, storage.usersById.get(owner), login.at());
      boolean known =
          storage.mergesById.values().stream()
              .anyMatch(
                  noted ->
                      noted.merge().kept().equals(found.kept())
                          && noted.merge().absorbed().equals(found.absorbed()));
      if (!known) {
        storage.mergesById.put(found.id(), InMemoryMerges.Noted.found(found));
      }
    }
  }

  /** The user that the identity has, or else the user of its unionid, or else a new one. */
  private UserId userOf(NewLogin login) {
    return Optional.ofNullable(storage.vouchedByPerson.get(personOf(login)))
        .map(Vouched::userId)
        .or(() -> login.identity().unionId().map(storage.usersByUnionId::get))
        .orElse(login.newUserId());
  }

  private static User firstSeen(UserId id, NewLogin login) {
    return User.firstSeen(id, login.at());
  }

  private static Person personOf(NewLogin login) {
    return new Person(login.app().appId(), login.identity().openId());
  }

  @Override
  public Outcome outcome(LoginClaim claim, ResendKey key, Instant now, Duration patience) {
    return storage
        .waitFor(
            "waiting for a login",
            patience,
            () ->
                switch (storage.claims.get(claim)) {
                  case null -> Optional.of(new Outcome.Free());
                  case Claim.InFlight() -> Optional.empty();
                  case Claim.Failed(WeChatFailure failure) ->
                      Optional.of(new Outcome.Failed(failure));
                  case Claim.Done done -> Optional.of(answer(done, key, now));
                })
        .orElseGet(Outcome.NotYours::new);
  }

  private Outcome answer(Claim.Done done, ResendKey key, Instant now) {
    boolean fresh = !now.isAfter(done.login().at().plus(ResendKey.LIFETIME));
    return fresh && done.login().resendKey().equals(Optional.of(key))
        ? new Outcome.Resent(recorded(done))
        : new Outcome.NotYours();
  }

  /** The answer, with its session and user as stored now. */
  private Recorded recorded(Claim.Done done) {
    Session session = storage.sessionsById.get(done.login().sessionId());
    User user = storage.usersById.get(session.userId());
    return new Recorded(done.login().token(), session, user, done.newUser());
  }
}
