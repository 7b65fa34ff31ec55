package dev.minilogin.bootstrap;

import javax.sql.DataSource;

final class Connects {
  private DataSource source;
}
