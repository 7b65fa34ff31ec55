package dev.minilogin.adapters.persistence.session;

import dev.minilogin.adapters.wechat.http.WeChat;

final class StoresWeChat {
  private WeChat weChat;
}
