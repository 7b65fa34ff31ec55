package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Identities in MySQL. */
@Singleton
final class MysqlIdentities implements Identities {
  private final IdentityRows rows;
  private final Storage storage;
  private final SessionKeys sessionKeys;

  MysqlIdentities(IdentityRows rows, Storage storage, SessionKeys sessionKeys) {
    this.rows = rows;
    this.storage = storage;
    this.sessionKeys = sessionKeys;
  }

  @Override
  public Optional<Identity> find(UserId userId, AppId appId) {
    return storage
        .statement(
            "reading a user's identity",
            () -> rows.latest(Binary.of(userId.value()), appId.value()))
        .map(row -> row.toIdentity(sessionKeys));
  }

  @Override
  public Optional<Identity> find(AppId appId, OpenId openId) {
    return row(appId, openId).map(row -> row.toIdentity(sessionKeys));
  }

  @Override
  public boolean keep(AppId appId, OpenId openId, SessionKey key, Instant at) {
    byte[] sealed = sessionKeys.seal(appId.value(), openId.value(), key);
    List<byte[]> macs = sessionKeys.hashes(appId.value(), openId.value(), key);
    return storage.statement(
            "keeping a session_key",
            () ->
                rows.keep(
                    appId.value(),
                    openId.value(),
                    sealed,
                    macs.getFirst(),
                    macs.getLast(),
                    at.toEpochMilli()))
        == 1;
  }

  @Override
  public void rank(AppId appId, OpenId openId, int rank, boolean flagged, Instant at) {
    storage.statement(
        "writing a risk rank down",
        () -> rows.rank(appId.value(), openId.value(), rank, flagged, at.toEpochMilli()));
  }

  @Override
  public Optional<Ranked> ranked(AppId appId, OpenId openId) {
    return row(appId, openId).flatMap(IdentityRow::ranked);
  }

  private Optional<IdentityRow> row(AppId appId, OpenId openId) {
    return storage.statement(
        "reading an identity", () -> rows.byOpenId(appId.value(), openId.value()));
  }
}
