package dev.minilogin.adapters.wechat.http;

import jakarta.inject.Inject;

final class InjectedField {
  @Inject private Runnable work;
}
