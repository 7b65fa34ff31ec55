package dev.minilogin.domain.testing;

import dev.minilogin.domain.audit.AuditEntry;
import dev.minilogin.domain.audit.AuditEvent;
import dev.minilogin.domain.audit.AuditHead;
import dev.minilogin.domain.avatar.AvatarKey;
import dev.minilogin.domain.avatar.Picture;
import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.identifier.TimeOrderedId;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.Tenant;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.review.Review;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.Profile;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import dev.minilogin.domain.wechat.UnionId;
import dev.minilogin.domain.wechat.WeChatFailure;
import dev.minilogin.domain.wechat.WeChatIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A storage that lives as long as its object. Thread-safe: every port method is one step under one
 * lock. It can be told to be unavailable.
 */
public final class InMemoryStorage implements Storage {
  /** A person in one mini program. */
  record Person(AppId appId, OpenId openId) {}

  /**
   * A person in one mini program, as WeChat vouched for them.
   *
   * @param keysUsedAt when a session_key last came, or came again
   */
  record Vouched(
      UserId userId,
      Optional<UnionId> unionId,
      List<SessionKey> sessionKeys,
      Instant keysUsedAt,
      long logins,
      Instant createdAt,
      Instant lastLoginAt,
      Optional<Identities.Ranked> ranked) {
    private static final int KEYS_KEPT = 3;

    static Vouched first(UserId userId, WeChatIdentity identity, Instant at) {
      return new Vouched(
          userId,
          identity.unionId(),
          List.of(identity.sessionKey()),
          at,
          1,
          at,
          at,
          Optional.empty());
    }

    Vouched with(SessionKey newest, Instant at) {
      boolean known = sessionKeys.stream().findFirst().equals(Optional.of(newest));
      return withKeys(
          known
              ? sessionKeys
              : Stream.concat(Stream.of(newest), sessionKeys.stream()).limit(KEYS_KEPT).toList(),
          at);
    }

    Vouched withKeys(List<SessionKey> keys, Instant usedAt) {
      return new Vouched(userId, unionId, keys, usedAt, logins, createdAt, lastLoginAt, ranked);
    }

    Vouched of(UserId other) {
      return new Vouched(
          other, unionId, sessionKeys, keysUsedAt, logins, createdAt, lastLoginAt, ranked);
    }

    Vouched with(Identities.Ranked latest) {
      return new Vouched(
          userId,
          unionId,
          sessionKeys,
          keysUsedAt,
          logins,
          createdAt,
          lastLoginAt,
          Optional.of(latest));
    }

    Vouched loggedInAgain(WeChatIdentity identity, Instant at) {
      return new Vouched(
              userId,
              identity.unionId().or(() -> unionId),
              sessionKeys,
              keysUsedAt,
              logins + 1,
              createdAt,
              at,
              ranked)
          .with(identity.sessionKey(), at);
    }
  }

  /** A picture that somebody uploaded. */
  record Uploaded(UserId owner, Instant at) {}

  /** A phone number that belongs to one user of a tenant. */
  record TenantPhone(Tenant tenant, String number) {}

  /** A mini program's access token, and who may renew it. */
  record Leased(AccessTokens.State state, Optional<UUID> lease) {
    boolean isOf(UUID holder) {
      return lease.equals(Optional.of(holder));
    }
  }

  /** An open review. */
  record Open(Review review, Profile.Source source, Instant since, Instant retryAt, boolean held) {
    Open at(Instant next) {
      return new Open(review, source, since, next, held);
    }

    Open with(Review changed) {
      return new Open(changed, source, since, retryAt, held);
    }

    Open heldBack() {
      return new Open(review, source, since, retryAt, true);
    }
  }

  /** A push that was accepted and whose content is there. */
  record Accepted(Push push, Instant nextTryAt, Optional<Instant> handledAt) {
    static Accepted waiting(Push push, Instant nextTryAt) {
      return new Accepted(push, nextTryAt, Optional.empty());
    }

    Accepted handled(Instant at) {
      return new Accepted(push, nextTryAt, Optional.of(at));
    }

    boolean isDone() {
      return handledAt.isPresent();
    }

    boolean isAbout(Person person) {
      return push.appId().equals(person.appId())
          && push.event().person().equals(Optional.of(person.openId()));
    }
  }

  /** What two deliveries of one push have in common. */
  record Delivery(AppId appId, String identity) {
    static Delivery of(Push push) {
      return new Delivery(push.appId(), push.event().identity());
    }
  }

  /** Who does something, and until when. */
  record Lease(UUID holder, Instant until) {}

  /** What is known of a claim. */
  sealed interface Claim {
    record InFlight() implements Claim {}

    record Failed(WeChatFailure failure) implements Claim {}

    record Done(NewLogin login, boolean newUser) implements Claim {}
  }

  final Map<AppId, MiniProgram> miniProgramsById = new HashMap<>();
  final Map<UserId, User> usersById = new HashMap<>();
  final Map<TenantPhone, UserId> usersByPhone = new HashMap<>();
  final Map<Person, Vouched> vouchedByPerson = new HashMap<>();
  final Map<UnionId, UserId> usersByUnionId = new HashMap<>();
  final Map<SessionId, Session> sessionsById = new HashMap<>();
  final Map<SessionToken, SessionId> sessionsByToken = new HashMap<>();
  final Map<SessionId, Integer> attemptsTaken = new HashMap<>();
  final Map<UUID, InMemoryMerges.Noted> mergesById = new LinkedHashMap<>();
  final Map<LoginClaim, Claim> claims = new HashMap<>();
  final Map<LoginClaim, Instant> claimedAt = new HashMap<>();
  final Map<AppId, Leased> tokensByApp = new HashMap<>();

  /** In the order in which they were submitted. */
  final Map<UUID, Open> openReviews = new LinkedHashMap<>();

  /** Those whose content is gone are in the deliveries only. */
  final Map<UUID, Accepted> pushesById = new HashMap<>();

  final Set<Delivery> deliveries = new HashSet<>();

  /** When pushes were handled whose content is gone. */
  final Map<Delivery, Instant> emptied = new HashMap<>();

  /** When accounts were erased. */
  final Map<UserId, Instant> receipts = new HashMap<>();

  /** Who does what one alone should do, and until when. */
  final Map<String, Lease> leasesByName = new HashMap<>();

  final Map<AvatarKey, Uploaded> uploads = new HashMap<>();
  final Map<AvatarKey, Picture> picturesByKey = new HashMap<>();

  /** In the order in which they are or will be linked. */
  final List<AuditEntry> auditEntries = new ArrayList<>();

  /** How many of them are linked. */
  int auditLinked;

  /** The last link that was purged. */
  AuditHead auditAnchor = AuditHead.BEGINNING;

  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean available = true;

  @Override
  public InMemoryUsers users() {
    return new InMemoryUsers(this);
  }

  @Override
  public InMemoryPhoneBindings phoneBindings() {
    return new InMemoryPhoneBindings(this);
  }

  @Override
  public InMemorySessions sessions() {
    return new InMemorySessions(this);
  }

  @Override
  public InMemoryLogins logins() {
    return new InMemoryLogins(this);
  }

  @Override
  public InMemoryMiniPrograms miniPrograms() {
    return new InMemoryMiniPrograms(this);
  }

  @Override
  public InMemoryIdentities identities() {
    return new InMemoryIdentities(this);
  }

  @Override
  public InMemoryAccessTokens accessTokens() {
    return new InMemoryAccessTokens(this);
  }

  @Override
  public InMemoryContentReviews contentReviews() {
    return new InMemoryContentReviews(this);
  }

  @Override
  public InMemoryPushInbox pushInbox() {
    return new InMemoryPushInbox(this);
  }

  @Override
  public InMemoryMerges merges() {
    return new InMemoryMerges(this);
  }

  @Override
  public InMemoryAvatars avatars() {
    return new InMemoryAvatars(this);
  }

  @Override
  public InMemoryPictureFiles pictureFiles() {
    return new InMemoryPictureFiles(this);
  }

  @Override
  public InMemoryAccounts accounts() {
    return new InMemoryAccounts(this);
  }

  @Override
  public InMemoryRetention retention() {
    return new InMemoryRetention(this);
  }

  @Override
  public InMemoryLeases leases() {
    return new InMemoryLeases(this);
  }

  @Override
  public InMemoryStorageProbe storageProbe() {
    return new InMemoryStorageProbe(this);
  }

  @Override
  public InMemoryAuditLog auditLog() {
    return new InMemoryAuditLog(this);
  }

  /**
   * From now on every port method throws {@link StorageUnavailable} and changes nothing; those that
   * wait are woken and throw, too.
   */
  public void goDown() {
    setAvailable(false);
  }

  /** Everything works again, and nothing was lost. */
  public void comeBack() {
    setAvailable(true);
  }

  /**
   * Replaces what is stored of a user, past the ports.
   *
   * @throws IllegalArgumentException if there is no such user
   */
  public void replace(User user) {
    inOneStep(
        "replacing a user",
        () -> {
          if (usersById.replace(user.id(), user) == null) {
            throw new IllegalArgumentException("no such user: " + user.id());
          }
          return user;
        });
  }

  private void setAvailable(boolean to) {
    lock.lock();
    try {
      available = to;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does one thing that nobody sees half done.
   *
   * @param doing what, for the exception
   */
  <T> T inOneStep(String doing, Supplier<T> step) {
    lock.lock();
    try {
      requireAvailable(doing);
      T result = step.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Asks again after every change, until there is an answer or patience is at its end.
   *
   * @param ask is empty where there is no answer yet
   */
  <T> Optional<T> waitFor(String doing, Duration patience, Supplier<Optional<T>> ask) {
    lock.lock();
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(patience);
      while (true) {
        requireAvailable(doing);
        Optional<T> answer = ask.get();
        if (answer.isPresent() || nanos <= 0) {
          return answer;
        }
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageUnavailable(doing, e);
    } finally {
      lock.unlock();
    }
  }

  /** A user who is there, and neither deleted nor merged; to be called within a step. */
  Optional<User> present(UserId id) {
    return Optional.ofNullable(usersById.get(id))
        .filter(user -> user.status() != User.Status.DELETED)
        .filter(user -> user.status() != User.Status.MERGED);
  }

  /**
   * Changes a user who is there and not deleted, and forgets the reviews that the change ends; to
   * be called within a step.
   *
   * @return the user after the change
   */
  Optional<User> change(UserId id, UnaryOperator<User> change) {
    return present(id)
        .map(
            before -> {
              User after = change.apply(before);
              usersById.put(id, after);
              openReviews.keySet().removeAll(endedReviews(before, after));
              return after;
            });
  }

  private static Set<UUID> endedReviews(User before, User after) {
    Set<UUID> ended = new HashSet<>();
    before.reviews().values().forEach(review -> ended.add(review.review()));
    after.reviews().values().forEach(review -> ended.remove(review.review()));
    return ended;
  }

  /** The sessions of a user that are good; to be called within a step. */
  List<Session> goodSessions(UserId user, Instant at) {
    return sessionsOf(user)
        .filter(session -> session.endedAt(at, usersById.get(user).standing()).isEmpty())
        .toList();
  }

  /** Those, and those that a suspension alone keeps from it; to be called within a step. */
  List<Session> openSessions(UserId user, Instant at) {
    return sessionsOf(user)
        .filter(session -> session.isOpenAt(at, usersById.get(user).standing()))
        .toList();
  }

  private Stream<Session> sessionsOf(UserId user) {
    return sessionsById.values().stream().filter(session -> session.userId().equals(user));
  }

  /** Ends a session, whatever became of it before; to be called within a step. */
  void end(Session session, Session.Ending ending) {
    sessionsById.put(session.id(), session.endedBy(ending));
  }

  /** Lets a user's phone number be anybody's; to be called within a step. */
  void forgetPhone(UserId id) {
    usersByPhone.values().removeIf(id::equals);
  }

  /**
   * Erases an account and what it absorbed, unless it is erased; to be called within a step.
   *
   * @param deleted the event that says so
   */
  void erase(UserId id, AuditEvent deleted) {
    if (present(id).isEmpty()) {
      return;
    }
    List<UserId> absorbed =
        mergesById.values().stream()
            .filter(InMemoryMerges.Noted::isDone)
            .map(InMemoryMerges.Noted::merge)
            .filter(merge -> merge.kept().equals(id))
            .map(Merge::absorbed)
            .toList();
    mergesById.values().removeIf(noted -> noted.isAbout(id));
    absorbed.forEach(part -> eraseOne(part, deleted.at()));
    eraseOne(id, deleted.at());
    audit(deleted);
    receipts.put(id, deleted.at());
  }

  private void eraseOne(UserId id, Instant at) {
    usersById.computeIfPresent(id, (_, user) -> user.deleted(at));
    openReviews.values().removeIf(open -> open.review().userId().equals(id));
    forgetPhone(id);
    vouchedByPerson.forEach(
        (person, vouched) -> {
          if (vouched.userId().equals(id)) {
            pushesById.values().stream()
                .filter(accepted -> accepted.isAbout(person))
                .toList()
                .forEach(accepted -> empty(accepted.push().id(), at));
          }
        });
    vouchedByPerson.values().removeIf(vouched -> vouched.userId().equals(id));
    usersByUnionId.values().removeIf(id::equals);
    sessionsById.replaceAll(
        (_, session) -> session.userId().equals(id) ? session.withoutDevice() : session);
  }

  /** Forgets what a push says; to be called within a step. */
  void empty(UUID push, Instant at) {
    Accepted accepted = pushesById.remove(push);
    if (accepted != null) {
      emptied.put(Delivery.of(accepted.push()), accepted.handledAt().orElse(at));
    }
  }

  /** Adds to the audit log; to be called within the step of what it tells of. */
  void audit(AuditEvent event) {
    auditEntries.add(new AuditEntry(TimeOrderedId.make(event.at(), random), event));
  }

  private void requireAvailable(String doing) {
    if (!available) {
      throw new StorageUnavailable(doing, new IllegalStateException("told to be down"));
    }
  }
}
