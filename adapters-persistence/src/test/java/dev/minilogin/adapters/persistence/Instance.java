package dev.minilogin.adapters.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.minilogin.adapters.persistence.sealing.KeyRing;
import dev.minilogin.adapters.persistence.testing.TestDatabase.Schema;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/** One of several instances on a schema. All have the same keys, unless they are told others. */
record Instance(ApplicationContext context) implements AutoCloseable {
  private static final Map<Integer, SecretKey> SEALING_KEYS = Map.of(1, key("AES"), 2, key("AES"));
  private static final Map<Integer, SecretKey> PEPPERS =
      Map.of(1, key("HmacSHA256"), 2, key("HmacSHA256"));
  private static final int POOL_SIZE = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static Instance start(Schema schema) {
    return start(schema, "");
  }

  /**
   * @param urlParameters more of them: {@code name=value&name=value}
   */
  static Instance start(Schema schema, String urlParameters) {
    return start(schema, urlParameters, POOL_SIZE, keys(1));
  }

  static Instance start(Schema schema, String urlParameters, int poolSize, KeyRing keys) {
    return start(schema, urlParameters, poolSize, keys, List.of());
  }

  /**
   * @param others take the place of beans
   */
  static Instance startWith(Schema schema, Object... others) {
    return start(schema, "", POOL_SIZE, keys(1), List.of(others));
  }

  private static Instance start(
      Schema schema, String urlParameters, int poolSize, KeyRing keys, List<Object> others) {
    return new Instance(
        ApplicationContext.builder()
            .singletons(others.toArray())
            .properties(
                Map.of(
                    "datasources.default.dialect", "MYSQL",
                    "datasources.transactions.dialect", "MYSQL"))
            .singletons(
                new DatabaseSettings(
                    schema.jdbcUrl() + '&' + urlParameters,
                    schema.username(),
                    schema.password(),
                    poolSize),
                keys,
                new SecureRandom())
            .start());
  }

  /**
   * @param newest how many keys of each purpose: 1 or 2
   */
  static KeyRing keys(int newest) {
    return new KeyRing(
        new TreeMap<>(SEALING_KEYS).headMap(newest, true),
        new TreeMap<>(PEPPERS).headMap(newest, true));
  }

  /** Both keys of each purpose, the first in use. */
  static KeyRing stagedKeys() {
    return new KeyRing(
        new TreeMap<>(SEALING_KEYS), new TreeMap<>(PEPPERS), OptionalInt.of(1), OptionalInt.of(1));
  }

  /** A ring of the second keys alone. */
  static KeyRing secondKeys() {
    return new KeyRing(
        new TreeMap<>(SEALING_KEYS).tailMap(2, true), new TreeMap<>(PEPPERS).tailMap(2, true));
  }

  /** A ring that has lost the first sealing key. */
  static KeyRing keysWithoutTheFirst() {
    return new KeyRing(
        new TreeMap<>(SEALING_KEYS).tailMap(2, true), new TreeMap<>(PEPPERS).headMap(1, true));
  }

  /** Lets callers wait for a connection for longer than they would where clients wait for them. */
  Instance patient() {
    statements().setConnectionTimeout(PATIENCE.toMillis());
    transactions().setConnectionTimeout(PATIENCE.toMillis());
    return this;
  }

  MysqlStorage.Ports ports() {
    return new MysqlStorage.Ports(context);
  }

  Storage storage() {
    return context.getBean(Storage.class);
  }

  /** Runs a statement within the transaction that {@link Storage#transaction} began. */
  int inTransaction(String sql) {
    ConnectionOperations<Connection> connections =
        context.getBean(
            Argument.of(ConnectionOperations.class, Connection.class),
            Qualifiers.byName(Storage.TRANSACTIONS));
    return connections.execute(
        ConnectionDefinition.DEFAULT,
        status -> {
          try (Statement statement = status.getConnection().createStatement()) {
            return statement.executeUpdate(sql);
          } catch (SQLException e) {
            throw new DataAccessException(e.getMessage(), e);
          }
        });
  }

  /** The pool for single statements. */
  HikariDataSource statements() {
    return pool("default");
  }

  /** The pool for transactions. */
  HikariDataSource transactions() {
    return pool(Storage.TRANSACTIONS);
  }

  /** From now on this instance can't reach the database. */
  void disconnect() {
    statements().close();
    transactions().close();
  }

  @Override
  public void close() {
    context.close();
  }

  private HikariDataSource pool(String name) {
    return (HikariDataSource)
        DelegatingDataSource.unwrapDataSource(
            context.getBean(DataSource.class, Qualifiers.byName(name)));
  }

  private static SecretKey key(String algorithm) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, algorithm);
  }
}
