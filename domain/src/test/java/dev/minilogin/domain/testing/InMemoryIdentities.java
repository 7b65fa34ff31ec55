package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.InMemoryStorage.Person;
import dev.minilogin.domain.testing.InMemoryStorage.Vouched;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The identities of an {@link InMemoryStorage}. */
public final class InMemoryIdentities implements Identities {
  private final InMemoryStorage storage;

  public InMemoryIdentities(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public Optional<Identity> find(UserId userId, AppId appId) {
    return storage.inOneStep(
        "reading a user's identity",
        () ->
            storage.vouchedByPerson.entrySet().stream()
                .filter(entry -> entry.getKey().appId().equals(appId))
                .filter(entry -> entry.getValue().userId().equals(userId))
                .max(Comparator.comparing(entry -> entry.getValue().lastLoginAt()))
                .map(InMemoryIdentities::identity));
  }

  @Override
  public Optional<Identity> find(AppId appId, OpenId openId) {
    Person person = new Person(appId, openId);
    return storage.inOneStep(
        "reading an identity",
        () ->
            Optional.ofNullable(storage.vouchedByPerson.get(person))
                .map(vouched -> identity(Map.entry(person, vouched))));
  }

  @Override
  public boolean keep(AppId appId, OpenId openId, SessionKey key, Instant at) {
    return storage.inOneStep(
        "keeping a session_key", () -> change(appId, openId, vouched -> vouched.with(key, at)));
  }

  @Override
  public void rank(AppId appId, OpenId openId, int rank, boolean flagged, Instant at) {
    storage.inOneStep(
        "writing a risk rank down",
        () -> change(appId, openId, vouched -> vouched.with(new Ranked(rank, flagged, at))));
  }

  @Override
  public Optional<Ranked> ranked(AppId appId, OpenId openId) {
    return storage.inOneStep(
        "reading a risk rank",
        () ->
            Optional.ofNullable(storage.vouchedByPerson.get(new Person(appId, openId)))
                .flatMap(Vouched::ranked));
  }

  private boolean change(AppId appId, OpenId openId, UnaryOperator<Vouched> change) {
    return storage.vouchedByPerson.computeIfPresent(
            new Person(appId, openId), (_, vouched) -> change.apply(vouched))
        != null;
  }

  private static Identity identity(Map.Entry<Person, Vouched> entry) {
    return new Identity(
        entry.getKey().appId(),
        entry.getKey().openId(),
        entry.getValue().userId(),
        entry.getValue().sessionKeys());
  }
}
