package dev.minilogin.domain.session;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class WritesALog {
  private static final Logger LOG = LoggerFactory.getLogger(WritesALog.class);

  void end() {
    LOG.info("ended");
  }
}
