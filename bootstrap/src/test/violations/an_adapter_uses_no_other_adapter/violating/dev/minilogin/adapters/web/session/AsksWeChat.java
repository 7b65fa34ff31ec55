package dev.minilogin.adapters.web.session;

import dev.minilogin.adapters.wechat.http.WeChat;

final class AsksWeChat {
  private WeChat weChat;
}
