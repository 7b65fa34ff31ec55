package dev.minilogin.adapters.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class ObjectLogger {
  private final Logger log = LoggerFactory.getLogger(ObjectLogger.class);
}
