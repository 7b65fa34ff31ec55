package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.testing.InMemoryStorage.Leased;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The access tokens of an {@link InMemoryStorage}. */
public final class InMemoryAccessTokens implements AccessTokens {
  private final InMemoryStorage storage;

  public InMemoryAccessTokens(InMemoryStorage storage) {
    this.storage = storage;
  }

  @Override
  public State find(AppId appId) {
    return storage.inOneStep("reading an access token", () -> leased(appId).state());
  }

  @Override
  public boolean lease(
      AppId appId, UUID lease, Optional<AccessToken> seen, Instant now, Instant until) {
    return storage.inOneStep(
        "leasing an access token",
        () ->
            change(
                appId,
                kept ->
                    kept.state()
                            .token()
                            .map(Dated::token)
                            .filter(token -> !isSeen(token, seen))
                            .isEmpty()
                        && !now.isBefore(kept.state().leasedUntil())
                        && kept.state().refusal().filter(r -> now.isBefore(r.retryAt())).isEmpty(),
                kept ->
                    new Leased(
                        new State(
                            kept.state().token(),
                            until,
                            kept.state().forcedAt(),
                            kept.state().refusal()),
                        Optional.of(lease))));
  }

  private static boolean isSeen(AccessToken kept, Optional<AccessToken> seen) {
    return seen.equals(Optional.of(kept));
  }

  @Override
  public boolean renew(AppId appId, UUID lease, Dated token, boolean forced, Instant now) {
    return storage.inOneStep(
        "keeping an access token",
        () ->
            change(
                appId,
                kept -> kept.isOf(lease),
                kept ->
                    free(
                        new State(
                            Optional.of(token),
                            Instant.EPOCH,
                            forced ? Optional.of(now) : kept.state().forcedAt(),
                            Optional.empty()))));
  }

  @Override
  public boolean refuse(AppId appId, UUID lease, Refusal refusal) {
    return storage.inOneStep(
        "noting a refused access token",
        () ->
            change(
                appId,
                kept -> kept.isOf(lease),
                kept ->
                    free(
                        new State(
                            kept.state().token(),
                            Instant.EPOCH,
                            kept.state().forcedAt(),
                            Optional.of(refusal)))));
  }

  @Override
  public boolean drop(AppId appId, AccessToken refused) {
    return storage.inOneStep(
        "dropping an access token",
        () ->
            change(
                appId,
                kept -> kept.state().token().map(Dated::token).equals(Optional.of(refused)),
                kept ->
                    new Leased(
                        new State(
                            Optional.empty(),
                            kept.state().leasedUntil(),
                            kept.state().forcedAt(),
                            kept.state().refusal()),
                        kept.lease())));
  }

  private boolean change(AppId appId, Predicate<Leased> allowed, UnaryOperator<Leased> change) {
    Leased kept = leased(appId);
    if (!allowed.test(kept)) {
      return false;
    }
    storage.tokensByApp.put(appId, change.apply(kept));
    return true;
  }

  private Leased leased(AppId appId) {
    return storage.tokensByApp.getOrDefault(appId, free(State.NONE));
  }

  private static Leased free(State state) {
    return new Leased(state, Optional.empty());
  }
}
