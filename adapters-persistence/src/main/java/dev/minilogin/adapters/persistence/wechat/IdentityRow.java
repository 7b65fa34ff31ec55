package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** A row of {@code wechat_identities}. */
@MappedEntity("wechat_identities")
record IdentityRow(
    @Id String openid,
    String appId,
    byte[] userId,
    byte[] sessionKey,
    @Nullable @MappedProperty("session_key_2") byte[] sessionKey2,
    @Nullable @MappedProperty("session_key_3") byte[] sessionKey3,
    @Nullable Integer riskRank,
    @Nullable Boolean riskFlagged,
    @Nullable Long riskRankedAt) {

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "IdentityRow[" + Binary.uuid(userId) + ", " + appId + "]";
  }

  Identity toIdentity(SessionKeys keys) {
    return new Identity(
        new AppId(appId),
        new OpenId(openid),
        new UserId(Binary.uuid(userId)),
        Stream.of(sessionKey, sessionKey2, sessionKey3)
            .filter(Objects::nonNull)
            .map(column -> keys.open(appId, openid, column))
            .toList());
  }

  Optional<Identities.Ranked> ranked() {
    return Optional.ofNullable(riskRank)
        .map(rank -> new Identities.Ranked(rank, riskFlagged, Instant.ofEpochMilli(riskRankedAt)));
  }
}
