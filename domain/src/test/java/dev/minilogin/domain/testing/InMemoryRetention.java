package dev.minilogin.domain.testing;

import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.retention.Retention;
import dev.minilogin.domain.session.Session;
import dev.minilogin.domain.testing.InMemoryStorage.Vouched;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is past its time in an {@link InMemoryStorage}. */
public final class InMemoryRetention implements Retention {
  private final InMemoryStorage storage;

  public InMemoryRetention(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public int purge(Expiry what, Instant before, int limit) {
    return storage.inOneStep(
        "forgetting what is past its time",
        () ->
            switch (what) {
              case SESSIONS ->
                  purge(
                      storage.sessionsById,
                      Session::idleExpiresAt,
                      id -> {
                        storage.sessionsById.remove(id);
                        storage.sessionsByToken.values().remove(id);
                      },
                      before,
                      limit);
              case LOGIN_CLAIMS ->
                  purge(
                      storage.claimedAt,
                      Function.identity(),
                      claim -> {
                        storage.claims.remove(claim);
                        storage.claimedAt.remove(claim);
                      },
                      before,
                      limit);
              case SESSION_KEYS ->
                  purge(
                      storage.vouchedByPerson,
                      vouched -> vouched.sessionKeys().isEmpty() ? before : vouched.keysUsedAt(),
                      person ->
                          storage.vouchedByPerson.computeIfPresent(
                              person, (_, vouched) -> withoutKeys(vouched)),
                      before,
                      limit);
              case PUSHES ->
                  purge(
                      storage.emptied,
                      Function.identity(),
                      delivery -> {
                        storage.emptied.remove(delivery);
                        storage.deliveries.remove(delivery);
                      },
                      before,
                      limit);
              case ERASURE_RECEIPTS ->
                  purge(
                      storage.receipts,
                      Function.identity(),
                      id -> {
                        storage.receipts.remove(id);
                        storage.usersById.remove(id);
                      },
                      before,
                      limit);
            });
  }

  private static Vouched withoutKeys(Vouched vouched) {
    return vouched.withKeys(List.of(), vouched.keysUsedAt());
  }

  private static <K, V> int purge(
      Map<K, V> all, Function<V, Instant> since, Consumer<K> forget, Instant before, int limit) {
    List<K> old =
        all.entrySet().stream()
            .filter(entry -> since.apply(entry.getValue()).isBefore(before))
            .sorted(Map.Entry.comparingByValue((a, b) -> since.apply(a).compareTo(since.apply(b))))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    old.forEach(forget);
    return old.size();
  }
}
