package dev.minilogin.adapters.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ReplaceableLogger {
  private static Logger log = LoggerFactory.getLogger(ReplaceableLogger.class);
}
