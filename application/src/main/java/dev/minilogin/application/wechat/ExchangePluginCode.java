package dev.minilogin.application.wechat;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.miniprogram.MiniPrograms;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.time.Duration;
import java.util.Optional;

/** Tells a plugin in a mini program who its user is to it. */
public final class ExchangePluginCode {
  private final MiniPrograms miniPrograms;
  private final PluginCodeExchange exchange;

  public ExchangePluginCode(MiniPrograms miniPrograms, PluginCodeExchange exchange) {
    this.miniPrograms = miniPrograms;
    this.exchange = exchange;
  }

  /** What came of it. */
  public sealed interface Result {}

  /** The person in the plugin. */
  public record Exchanged(OpenPid openPid) implements Result {}

  /** WeChat gave none. */
  public record Failed(WeChatFailure failure, Optional<Duration> retryAfter) implements Result {}

  /** The mini program is gone meanwhile. */
  public record AppGone() implements Result {}

  /**
   * Exchanges a code of {@code wx.pluginLogin}, once.
   *
   * @throws dev.minilogin.domain.failure.StorageUnavailable if the storage can't be asked
   */
  public Result execute(AppId appId, PluginCode code) {
    Optional<MiniProgram> app = miniPrograms.find(appId);
    if (app.isEmpty()) {
      return new AppGone();
    }
    return switch (exchange.exchange(app.get(), code)) {
      case Reply.Given<OpenPid>(OpenPid openPid) -> new Exchanged(openPid);
      case Reply.Failed<OpenPid>(WeChatFailure failure, Optional<Duration> retryAfter) ->
          new Failed(failure, retryAfter);
    };
  }
}
