package dev.minilogin.adapters.wechat.phone;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.user.PhoneNumber;
import dev.minilogin.domain.wechat.OpenId;
import dev.minilogin.domain.wechat.PhoneCode;
import dev.minilogin.domain.wechat.PhoneCodeExchange;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** getPhoneNumber. The openid is sent along: WeChat refuses a code that is another person's. */
@Singleton
final class WeChatPhoneCodeExchange implements PhoneCodeExchange {
  private final AuthorizedClient weChat;

  WeChatPhoneCodeExchange(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<PhoneNumber> exchange(MiniProgram app, PhoneCode code, OpenId openId) {
    WeChatRequest request =
        WeChatRequest.post(
            WeChatApi.GET_PHONE_NUMBER, Map.of("code", code.reveal(), "openid", openId.value()));
    return weChat.call(app, request, answer -> number(app.appId(), answer));
  }

  private static Optional<PhoneNumber> number(AppId appId, WeChatAnswer answer) {
    return answer
        .object("phone_info")
        .filter(info -> isOf(appId, info))
        .flatMap(
            info ->
                info.text("countryCode")
                    .flatMap(
                        code ->
                            info.text("purePhoneNumber")
                                .map(number -> new PhoneNumber(code, number))));
  }

  private static boolean isOf(AppId appId, WeChatAnswer info) {
    return info.object("watermark")
        .flatMap(watermark -> watermark.text("appid"))
        .filter(appId.value()::equals)
        .isPresent();
  }
}
