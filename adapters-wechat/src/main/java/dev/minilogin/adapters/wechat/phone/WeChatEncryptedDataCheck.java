package dev.minilogin.adapters.wechat.phone;

import dev.minilogin.adapters.wechat.api.WeChatApi;
import dev.minilogin.adapters.wechat.api.WeChatError;
import dev.minilogin.adapters.wechat.http.WeChatAnswer;
import dev.minilogin.adapters.wechat.http.WeChatRequest;
import dev.minilogin.adapters.wechat.token.AuthorizedClient;
import dev.minilogin.domain.identifier.Sha256;
import dev.minilogin.domain.miniprogram.MiniProgram;
import dev.minilogin.domain.wechat.EncryptedData;
import dev.minilogin.domain.wechat.EncryptedDataCheck;
import dev.minilogin.domain.wechat.Reply;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/**
 * checkEncryptedData, by the SHA-256 of the data's base64 text. The docs don't say whether the text
 * or its bytes are meant.
 */
@Singleton
final class WeChatEncryptedDataCheck implements EncryptedDataCheck {
  private final AuthorizedClient weChat;

  WeChatEncryptedDataCheck(AuthorizedClient weChat) {
    this.weChat = weChat;
  }

  @Override
  public Reply<Boolean> isMadeByWeChat(MiniProgram app, EncryptedData data) {
    WeChatRequest request =
        WeChatRequest.post(
            WeChatApi.CHECK_ENCRYPTED_DATA, Map.of("encrypted_msg_hash", Sha256.hex(data.data())));
    return weChat.call(app, request, WeChatEncryptedDataCheck::isKnown);
  }

  /** {@code vaild} is how WeChat spells it. */
  private static Optional<Boolean> isKnown(WeChatAnswer answer) {
    return answer.errcode() == WeChatError.ENCRYPTED_DATA_UNKNOWN.errcode()
        ? Optional.of(false)
        : answer.truth("vaild");
  }
}
