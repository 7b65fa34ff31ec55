package dev.minilogin.domain.wechat;

import java.net.http.HttpClient;

final class AsksOverHttp {
  private HttpClient client;
}
