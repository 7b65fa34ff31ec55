package dev.minilogin.domain.review;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.Reply;
import java.net.URI;

/**
 * WeChat's content security. Fails with {@link
 * dev.minilogin.domain.wechat.WeChatFailure#NOT_VISITED} if the person hasn't used the mini program
 * in the last two hours.
 */
public interface ContentCheck {
  /**
   * What WeChat says of a text in a profile (msgSecCheck 2.0, scene 1).
   *
   * @param text at most 2500 characters
   */
  Reply<Verdict> text(MiniProgram app, OpenId openId, String text);

  /**
   * Asks WeChat to look at a picture in a profile (mediaCheckAsync 2.0, scene 1). The result is
   * pushed within 30 minutes.
   *
   * @param address from where WeChat can fetch it, without any credentials
   */
  Reply<TraceId> picture(MiniProgram app, OpenId openId, URI address);
}
