package dev.minilogin.domain.push;

import dev.minilogin.domain.miniprogram.AppId;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A push that was accepted.
 *
 * @param id a UUID version 7, made by us
 * @param appId the mini program that it is about
 * @param receivedAt when it was first accepted
 * @param tries how often a worker took it up before
 */
public record Push(UUID id, AppId appId, PushEvent event, Instant receivedAt, int tries) {
  public Push {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(appId, "appId");
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(receivedAt, "receivedAt");
  }
}
