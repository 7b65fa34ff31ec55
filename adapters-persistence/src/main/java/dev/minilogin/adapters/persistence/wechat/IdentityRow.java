package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A row of {@code wechat_identities}. */
@MappedEntity("wechat_identities")
record IdentityRow(
    @Id String openid,
    String appId,
    byte[] userId,
    @Nullable byte[] sessionKey,
    @Nullable @MappedProperty("session_key_2") byte[] sessionKey2,
    @Nullable @MappedProperty("session_key_3") byte[] sessionKey3,
    @Nullable Integer riskRank,
    @Nullable Boolean riskFlagged,
    @Nullable Long riskRankedAt) {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityRow.class);

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "IdentityRow[" + Binary.uuid(userId) + ", " + appId + "]";
  }

  /** The row as an identity; session_keys that can't be opened are left out. */
  Identity toIdentity(SessionKeys keys) {
    List<SessionKey> opened = new ArrayList<>();
    UnsealingFailed failure = null;
    for (byte[] column : Arrays.asList(sessionKey, sessionKey2, sessionKey3)) {
      try {
        if (column != null) {
          opened.add(keys.open(appId, openid, column));
        }
      } catch (UnsealingFailed e) {
        failure = e;
      }
    }
    if (failure != null) {
      LOG.warn(
          "not all session_keys of the user {} can be opened; {} can",
          Binary.uuid(userId),
          opened.size(),
          failure);
    }
    return new Identity(
        new AppId(appId), new OpenId(openid), new UserId(Binary.uuid(userId)), opened);
  }

  Optional<Identities.Ranked> ranked() {
    return Optional.ofNullable(riskRank)
        .map(rank -> new Identities.Ranked(rank, riskFlagged, Instant.ofEpochMilli(riskRankedAt)));
  }
}
