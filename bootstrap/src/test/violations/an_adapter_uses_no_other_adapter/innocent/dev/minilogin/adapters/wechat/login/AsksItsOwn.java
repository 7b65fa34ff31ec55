package dev.minilogin.adapters.wechat.login;

import dev.minilogin.adapters.wechat.http.WeChat;

final class AsksItsOwn {
  private WeChat weChat;
}
