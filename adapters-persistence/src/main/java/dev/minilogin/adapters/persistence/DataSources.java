package dev.minilogin.adapters.persistence;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The two connection pools, and the schema behind them.
 *
 * <p>Two, because beginning and cleaning up a transaction on an auto-committing connection costs
 * two round trips, and so does ending a read on one that isn't. Apart, logins that wait for the
 * database also can't take the connections of session checks.
 *
 * <p>Micronaut Data is told their dialect by the properties {@code datasources.default.dialect} and
 * {@code datasources.transactions.dialect}.
 */
@Factory
final class DataSources {
  private static final Duration WAIT_FOR_CONNECTION = Duration.ofMillis(500);
  private static final Duration WAIT_FOR_DATABASE_AT_START = Duration.ofSeconds(30);
  private static final Map<String, String> DRIVER_PARAMETERS =
      Map.of(
          "connectionTimeZone", "UTC",
          "forceConnectionTimeZoneToSession", "true",
          "useServerPrepStmts", "true",
          "cachePrepStmts", "true",
          "prepStmtCacheSize", "250",
          "prepStmtCacheSqlLimit", "4096",
          "connectTimeout", "2000",
          "socketTimeout", "5000",
          "tcpKeepAlive", "true",
          // Micronaut Data marks each read as read-only; telling the server costs three round
          // trips.
          "readOnlyPropagatesToServer", "false");

  private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();

  /** The pool for single statements. Its creation brings the schema up to date. */
  @Context
  @Primary
  @Named("default")
  DataSource statements(DatabaseSettings settings) {
    DataSource pool = pool("statements", settings, true);
    migrate(settings);
    return pool;
  }

  /** The pool for transactions; none of its connections commits by itself. */
  @Singleton
  @Named(Storage.TRANSACTIONS)
  DataSource transactions(DatabaseSettings settings) {
    return pool(Storage.TRANSACTIONS, settings, false);
  }

  /** By hand, because Micronaut Data hands out proxies of the pools that can't be closed. */
  @PreDestroy
  void close() {
    pools.forEach(HikariDataSource::close);
  }

  /** On connections of its own: a change of a big table takes longer than the pool lets wait. */
  private static void migrate(DatabaseSettings settings) {
    Flyway.configure()
        .dataSource(settings.jdbcUrl(), settings.username(), settings.password())
        .jdbcProperties(Map.of("socketTimeout", "0"))
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  private DataSource pool(String name, DatabaseSettings settings, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.jdbcUrl());
    config.setUsername(settings.username());
    config.setPassword(settings.password());
    config.setAutoCommit(autoCommit);
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(2, settings.poolSize()));
    config.setConnectionTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setValidationTimeout(WAIT_FOR_CONNECTION.toMillis());
    config.setInitializationFailTimeout(WAIT_FOR_DATABASE_AT_START.toMillis());
    // Rows that others commit are seen at once, and no gaps are locked that parallel logins need.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    DRIVER_PARAMETERS.forEach(
        (parameter, value) -> {
          // Connector/J would let ours win over the URL's.
          if (!names(settings.jdbcUrl(), parameter)) {
            config.addDataSourceProperty(parameter, value);
          }
        });
    HikariDataSource pool = new HikariDataSource(config);
    pools.add(pool);
    return pool;
  }

  private static boolean names(String jdbcUrl, String parameter) {
    return Pattern.compile("[?&]" + parameter + "=", Pattern.CASE_INSENSITIVE)
        .matcher(jdbcUrl)
        .find();
  }
}
