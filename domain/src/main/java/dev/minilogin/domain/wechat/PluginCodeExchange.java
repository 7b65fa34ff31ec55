package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;

/** WeChat's getPluginOpenPId: a plugin's code for the person in that plugin. */
public interface PluginCodeExchange {
  /**
   * Exchanges a code, once. Fails with {@link WeChatFailure#CODE_INVALID} if WeChat doesn't know
   * the code or it is another mini program's.
   */
  Reply<OpenPid> exchange(MiniProgram app, PluginCode code);
}
