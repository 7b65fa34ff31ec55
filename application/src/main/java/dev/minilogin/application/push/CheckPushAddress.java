package dev.minilogin.application.push;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.push.PushEnvelopes;
import dev.minilogin.domain.push.PushRequest;
import java.time.InstantSource;

/** Answers WeChat, which checks a push address when an operator saves it. */
public final class CheckPushAddress {
  private final MiniPrograms miniPrograms;
  private final PushEnvelopes envelopes;
  private final InstantSource clock;

  /**
   * @param clock with millisecond precision
   */
  public CheckPushAddress(MiniPrograms miniPrograms, PushEnvelopes envelopes, InstantSource clock) {
    this.miniPrograms = miniPrograms;
    this.envelopes = envelopes;
    this.clock = clock;
  }

  /**
   * Whether it is WeChat who asks, about a mini program that gets pushes here.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if that can't be found out
   */
  public boolean execute(AppId appId, PushRequest check) {
    return miniPrograms
        .find(appId)
        .flatMap(MiniProgram::push)
        .filter(settings -> envelopes.isGenuine(settings, check, clock.instant()))
        .isPresent();
  }
}
