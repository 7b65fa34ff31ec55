package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access tokens in MySQL: sealed, and compared by their hash. */
@Singleton
final class MysqlAccessTokens implements AccessTokens {
  private static final Logger LOG = LoggerFactory.getLogger(MysqlAccessTokens.class);

  private final AccessTokenRows rows;
  private final Storage storage;
  private final Sealer sealer;
  private final Hasher hasher;

  MysqlAccessTokens(AccessTokenRows rows, Storage storage, Sealer sealer, Hasher hasher) {
    this.rows = rows;
    this.storage = storage;
    this.sealer = sealer;
    this.hasher = hasher;
  }

  @Override
  public State find(AppId appId) {
    return storage
        .statement("reading an access token", () -> rows.byAppId(appId.value()))
        .map(this::toState)
        .orElse(State.NONE);
  }

  /** A token that can't be opened is forgotten: WeChat gives it again. */
  private State toState(AccessTokenRow row) {
    try {
      return row.toState(sealer);
    } catch (UnsealingFailed e) {
      LOG.warn("the access token of {} can't be opened and counts as none", row.appId(), e);
      storage.statement("forgetting an access token", () -> rows.forget(row.appId(), row.token()));
      return row.withoutToken().toState(sealer);
    }
  }

  @Override
  public boolean lease(
      AppId appId, UUID lease, Optional<AccessToken> seen, Instant now, Instant until) {
    Optional<List<byte[]>> macs = seen.map(token -> macs(appId, token));
    byte[] leaseId = Binary.of(lease);
    return storage.statement(
            "leasing an access token",
            () -> {
              int taken =
                  rows.lease(
                      appId.value(),
                      leaseId,
                      macs.map(List::getFirst).orElse(null),
                      macs.map(List::getLast).orElse(null),
                      now.toEpochMilli(),
                      until.toEpochMilli());
              return taken == 1
                  ? taken
                  : rows.firstLease(appId.value(), leaseId, until.toEpochMilli());
            })
        == 1;
  }

  @Override
  public boolean renew(AppId appId, UUID lease, Dated token, boolean forced, Instant now) {
    byte[] sealed = sealer.seal(token.token().reveal(), AccessTokenRow.place(appId.value()));
    return storage.statement(
            "keeping an access token",
            () ->
                rows.renew(
                    appId.value(),
                    Binary.of(lease),
                    sealed,
                    macs(appId, token.token()).getFirst(),
                    token.expiresAt().toEpochMilli(),
                    forced,
                    now.toEpochMilli()))
        == 1;
  }

  @Override
  public boolean refuse(AppId appId, UUID lease, Refusal refusal) {
    return storage.statement(
            "noting a refused access token",
            () ->
                rows.refuse(
                    appId.value(),
                    Binary.of(lease),
                    refusal.failure().name(),
                    refusal.errcode().orElse(null),
                    refusal.retryAt().toEpochMilli()))
        == 1;
  }

  @Override
  public boolean drop(AppId appId, AccessToken refused) {
    List<byte[]> macs = macs(appId, refused);
    return storage.statement(
            "dropping an access token",
            () -> rows.drop(appId.value(), macs.getFirst(), macs.getLast()))
        == 1;
  }

  /** The current one first. */
  private List<byte[]> macs(AppId appId, AccessToken token) {
    return hasher.hashes(AccessTokenRow.place(appId.value()), token.reveal());
  }
}
