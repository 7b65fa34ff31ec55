package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Hasher;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Access tokens in MySQL: sealed, and compared by their hash. */
@Singleton
final class MysqlAccessTokens implements AccessTokens {
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
        .map(row -> row.toState(sealer))
        .orElse(State.NONE);
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
