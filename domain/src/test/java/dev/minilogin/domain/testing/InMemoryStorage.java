package dev.minilogin.domain.testing;

import dev.minilogin.domain.failure.StorageUnavailable;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.session.LoginClaim;
import dev.minilogin.domain.session.NewLogin;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.session.SessionId;
import dev.minilogin.domain.session.SessionToken;
import dev.minilogin.domain.user.User;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.ExchangeFailure;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A storage that lives as long as its object. Thread-safe: every port method is one step under one
 * lock. It can be told to be unavailable.
 */
public final class InMemoryStorage implements Storage {
  /** A person in one mini program. */
  record Person(AppId appId, OpenId openId) {}

  /** What is known of a claim. */
  sealed interface Claim {
    record InFlight() implements Claim {}

    record Failed(ExchangeFailure failure) implements Claim {}

    record Done(NewLogin login, boolean newUser) implements Claim {}
  }

  final Map<AppId, MiniProgram> miniProgramsById = new HashMap<>();
  final Map<UserId, User> usersById = new HashMap<>();
  final Map<Person, UserId> usersByPerson = new HashMap<>();
  final Map<UnionId, UserId> usersByUnionId = new HashMap<>();
  final Map<SessionId, Session> sessionsById = new HashMap<>();
  final Map<SessionToken, SessionId> sessionsByToken = new HashMap<>();
  final Map<LoginClaim, Claim> claims = new HashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean available = true;

  @Override
  public InMemoryUsers users() {
    return new InMemoryUsers(this);
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
  public InMemoryStorageProbe storageProbe() {
    return new InMemoryStorageProbe(this);
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
   * Replaces what is stored of a user, as an operator's tool would: the ports can't suspend a user
   * or end all sessions.
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

  private void requireAvailable(String doing) {
    if (!available) {
      throw new StorageUnavailable(doing, new IllegalStateException("told to be down"));
    }
  }
}
