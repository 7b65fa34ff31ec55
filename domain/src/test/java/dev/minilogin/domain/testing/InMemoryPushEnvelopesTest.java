package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.PushSettings;
import dev.minilogin.domain.miniprogram.PushToken;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.push.PushRequest;
import java.time.Instant;

class InMemoryPushEnvelopesTest implements PushEnvelopesContract {
  private final InMemoryPushEnvelopes inMemory = new InMemoryPushEnvelopes();

  @Override
  public PushEnvelopes pushEnvelopes() {
    return inMemory;
  }

  @Override
  public PushRequest push(AppId appId, PushSettings settings, PushEvent event, Instant at) {
    return inMemory.push(appId, settings, event, at);
  }

  @Override
  public PushRequest check(PushToken token, Instant at) {
    return inMemory.check(token, at);
  }
}
