package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;

/** WeChat's code2Session: a code for the identity of the person who logs in. */
public interface CodeExchange {
  /**
   * Exchanges a code, once: a code that was sent is never sent again, since WeChat may have burnt
   * it. Takes at most a few seconds and needs no access token.
   */
  Reply<WeChatIdentity> exchange(MiniProgram app, LoginCode code);
}
