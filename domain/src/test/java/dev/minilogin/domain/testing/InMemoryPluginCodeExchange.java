package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenPid;
import dev.minilogin.domain.wechat.PluginCode;
import dev.minilogin.domain.wechat.PluginCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.HashMap;
import java.util.Map;

/** WeChat's plugin logins without WeChat: a code is good for one exchange. Thread-safe. */
public final class InMemoryPluginCodeExchange extends InMemoryApi implements PluginCodeExchange {
  private record Issued(AppId appId, String user) {}

  private final Map<PluginCode, Issued> codes = new HashMap<>();

  /** What {@code wx.pluginLogin} gives to this user in this mini program: a new code. */
  public synchronized PluginCode codeFor(String user, MiniProgram app) {
    PluginCode code = Sample.pluginCode();
    codes.put(code, new Issued(app.appId(), user));
    return code;
  }

  /** The user's openpid in the plugin of this mini program. */
  public OpenPid openPidOf(String user, MiniProgram app) {
    return new OpenPid("G" + InMemoryWeChat.digest("openpid", app.appId().value(), user));
  }

  @Override
  public Reply<OpenPid> exchange(MiniProgram app, PluginCode code) {
    return answer(
        () -> {
          Issued issued = codes.get(code);
          if (issued == null || !issued.appId().equals(app.appId())) {
            return failed(WeChatFailure.CODE_INVALID);
          }
          codes.remove(code);
          return new Reply.Given<>(openPidOf(issued.user(), app));
        },
        () -> codes.remove(code));
  }
}
