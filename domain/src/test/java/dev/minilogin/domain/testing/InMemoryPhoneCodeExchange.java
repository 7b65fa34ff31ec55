package dev.minilogin.domain.testing;

import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import dev.minilogin.domain.wechat.WeChatFailure;
import java.util.HashMap;
import java.util.Map;

/** WeChat's phone numbers without WeChat: a code is good for one exchange. Thread-safe. */
public final class InMemoryPhoneCodeExchange extends InMemoryApi implements PhoneCodeExchange {
  private record Issued(AppId appId, OpenId openId, PhoneNumber number) {}

  private final Map<PhoneCode, Issued> codes = new HashMap<>();

  /** What the phone-number button gives to a person who has that number: a new code. */
  public synchronized PhoneCode codeFor(MiniProgram app, OpenId openId, PhoneNumber number) {
    PhoneCode code = Sample.phoneCode();
    codes.put(code, new Issued(app.appId(), openId, number));
    return code;
  }

  @Override
  public Reply<PhoneNumber> exchange(MiniProgram app, PhoneCode code, OpenId openId) {
    return answer(
        () -> {
          Issued issued = codes.get(code);
          if (issued == null
              || !issued.appId().equals(app.appId())
              || !issued.openId().equals(openId)) {
            return failed(WeChatFailure.CODE_INVALID);
          }
          codes.remove(code);
          return new Reply.Given<>(issued.number());
        },
        () -> codes.remove(code));
  }
}
