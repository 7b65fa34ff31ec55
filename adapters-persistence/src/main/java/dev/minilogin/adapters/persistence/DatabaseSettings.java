package dev.minilogin.adapters.persistence;

import java.util.Objects;

/**
 * Where the database is.
 *
 * @param jdbcUrl {@code jdbc:mysql://host:3306/schema}; parameters in it win over ours
 * @param username may create and change tables of that schema
 * @param password never printed
 * @param poolSize connections of each of the two pools, at least one
 */
public record DatabaseSettings(String jdbcUrl, String username, String password, int poolSize) {
  /** Enough for the cores of one instance; more only queue inside the database. */
  public static final int DEFAULT_POOL_SIZE = 16;

  public DatabaseSettings {
    Objects.requireNonNull(jdbcUrl, "jdbcUrl");
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(password, "password");
    if (poolSize < 1) {
      throw new IllegalArgumentException("a pool needs at least one connection");
    }
  }

  @Override
  public String toString() {
    return "DatabaseSettings[masked]";
  }
}
