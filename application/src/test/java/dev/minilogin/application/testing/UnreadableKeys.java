package dev.minilogin.application.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.user.UserId;
import dev.minilogin.domain.wechat.Identities;
import dev.minilogin.domain.wechat.Identity;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.SessionKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Identities whose session_keys are sealed with a key that is lost. */
public record UnreadableKeys(Identities identities) implements Identities {
  @Override
  public Optional<Identity> find(UserId userId, AppId appId) {
    return identities.find(userId, appId).map(UnreadableKeys::withoutKeys);
  }

  @Override
  public Optional<Identity> find(AppId appId, OpenId openId) {
    return identities.find(appId, openId).map(UnreadableKeys::withoutKeys);
  }

  private static Identity withoutKeys(Identity identity) {
    return new Identity(identity.appId(), identity.openId(), identity.userId(), List.of());
  }

  @Override
  public boolean keep(AppId appId, OpenId openId, SessionKey key, Instant at) {
    return identities.keep(appId, openId, key, at);
  }

  @Override
  public void rank(AppId appId, OpenId openId, int rank, boolean flagged, Instant at) {
    identities.rank(appId, openId, rank, flagged, at);
  }

  @Override
  public Optional<Ranked> ranked(AppId appId, OpenId openId) {
    return identities.ranked(appId, openId);
  }
}
