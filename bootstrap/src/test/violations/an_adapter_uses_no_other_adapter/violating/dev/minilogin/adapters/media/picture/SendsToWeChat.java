package dev.minilogin.adapters.media.picture;

import dev.minilogin.adapters.wechat.http.WeChat;

final class SendsToWeChat {
  private WeChat weChat;
}
