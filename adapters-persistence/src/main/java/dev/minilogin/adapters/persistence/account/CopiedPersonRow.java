package dev.minilogin.adapters.persistence.account;

import dev.minilogin.domain.account.PersonalData;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.UnionId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;

/** What a row of {@code wechat_identities} says of a person. */
@MappedEntity("wechat_identities")
record CopiedPersonRow(
    @Id String openid,
    String appId,
    @Nullable String unionid,
    long loginCount,
    long createdAt,
    long lastLoginAt,
    @Nullable Integer riskRank,
    @Nullable Boolean riskFlagged,
    @Nullable Long riskRankedAt) {

  PersonalData.Person toPerson() {
    return new PersonalData.Person(
        new AppId(appId),
        new OpenId(openid),
        Optional.ofNullable(unionid).map(UnionId::new),
        loginCount,
        Instant.ofEpochMilli(createdAt),
        Instant.ofEpochMilli(lastLoginAt),
        Optional.ofNullable(riskRank)
            .map(
                rank ->
                    new Identities.Ranked(rank, riskFlagged, Instant.ofEpochMilli(riskRankedAt))));
  }

  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "CopiedPersonRow[" + appId + "]";
  }
}
