package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;

/**
 * WeChat's checkEncryptedData: whether WeChat made a piece of encrypted phone data in the last
 * three days. Whoever has a leaked session_key can make such data, too.
 */
public interface EncryptedDataCheck {
  /** Whether WeChat made it. */
  Reply<Boolean> isMadeByWeChat(MiniProgram app, EncryptedData data);
}
