package dev.minilogin.adapters.persistence.session;

import java.sql.Connection;
import javax.sql.DataSource;

final class Rows {
  private Connection connection;
  private DataSource source;
}
