package dev.minilogin.adapters.web.session;

import java.sql.Connection;

final class Queries {
  private Connection connection;
}
