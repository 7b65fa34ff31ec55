package dev.minilogin.adapters.wechat.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class SharedLogger {
  static final Logger LOG = LoggerFactory.getLogger(SharedLogger.class);
}
