package dev.minilogin.adapters.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class OwnLogger {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLogger.class);
}
