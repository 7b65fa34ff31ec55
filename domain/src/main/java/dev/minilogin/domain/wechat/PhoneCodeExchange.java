package dev.minilogin.domain.wechat;

import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.PhoneNumber;

/** WeChat's getPhoneNumber: a code from the phone-number button for the number. */
public interface PhoneCodeExchange {
  /**
   * Exchanges a code, once. Fails with {@link WeChatFailure#CODE_INVALID} if WeChat doesn't know
   * the code, it was used before, or it is another person's.
   *
   * @param openId who must have got the code
   */
  Reply<PhoneNumber> exchange(MiniProgram app, PhoneCode code, OpenId openId);
}
