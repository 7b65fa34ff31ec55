package dev.minilogin.adapters.wechat.http;

import io.micronaut.context.annotation.Value;

final class ValueField {
  @Value("${mini-login.wechat.base-url}")
  private String url;
}
