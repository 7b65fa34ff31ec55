package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.wechat.AccessToken;
import dev.minilogin.domain.wechat.AccessTokens;
import dev.minilogin.domain.wechat.WeChatFailure;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code access_tokens}. */
@MappedEntity("access_tokens")
record AccessTokenRow(
    @Id String appId,
    @Nullable byte[] token,
    @Nullable Long expiresAt,
    long leasedUntil,
    @Nullable Long forcedAt,
    @Nullable String refusedFailure,
    @Nullable Long refusedErrcode,
    @Nullable Long retryAt) {

  /** Where a mini program's access token is sealed. */
  static String place(String appId) {
    return "access_token " + appId;
  }

  AccessTokenRow withoutToken() {
    return new AccessTokenRow(
        appId, null, null, leasedUntil, forcedAt, refusedFailure, refusedErrcode, retryAt);
  }

  AccessTokens.State toState(Sealer sealer) {
    return new AccessTokens.State(
        Optional.ofNullable(token)
            .map(
                column ->
                    new AccessTokens.Dated(
                        new AccessToken(sealer.open(column, place(appId))),
                        Instant.ofEpochMilli(expiresAt))),
        Instant.ofEpochMilli(leasedUntil),
        Optional.ofNullable(forcedAt).map(Instant::ofEpochMilli),
        Optional.ofNullable(refusedFailure)
            .map(
                failure ->
                    new AccessTokens.Refusal(
                        WeChatFailure.valueOf(failure),
                        Optional.ofNullable(refusedErrcode),
                        Instant.ofEpochMilli(retryAt))));
  }
}
