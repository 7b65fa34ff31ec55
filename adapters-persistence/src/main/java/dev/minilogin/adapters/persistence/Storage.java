package dev.minilogin.adapters.persistence;

import dev.minilogin.domain.failure.StorageUnavailable;
import io.micronaut.data.connection.ConnectionDefinition;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.exceptions.ConnectionException;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.exceptions.TransactionException;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Runs units of work on the database and says in the domain's words how they fail.
 *
 * <p>Units of one statement run on a pool that commits each of them. Units of several run on a pool
 * of their own whose connections never auto-commit, so that a transaction costs its statements and
 * one COMMIT, and nothing to begin or to clean up.
 */
@Singleton
public final class Storage {
  /** The name of the data source for units of several statements. */
  public static final String TRANSACTIONS = "transactions";

  private static final int DUPLICATE_KEY = 1062;
  private static final int ATTEMPTS = 12;
  private static final long FIRST_PAUSE_NANOS = 2_000_000;
  private static final long LONGEST_PAUSE_NANOS = 50_000_000;

  private final ConnectionOperations<Connection> statements;
  private final TransactionOperations<Connection> transactions;
  private final SecureRandom random;

  Storage(
      ConnectionOperations<Connection> statements,
      @Named(TRANSACTIONS) TransactionOperations<Connection> transactions,
      SecureRandom random) {
    this.statements = statements;
    this.transactions = transactions;
    this.random = random;
  }

  /**
   * Runs one statement.
   *
   * @param doing what it does, as a gerund phrase without any data
   * @throws StorageUnavailable if the database didn't answer
   */
  public <T> T statement(String doing, Supplier<T> work) {
    return repeated(doing, work);
  }

  /**
   * Asks the database for one number that is in no table.
   *
   * @param doing what it does, as a gerund phrase without any data
   * @param sql a constant
   * @throws StorageUnavailable if the database didn't answer
   */
  public long number(String doing, String sql) {
    return repeated(
        doing,
        () ->
            statements.execute(
                ConnectionDefinition.DEFAULT,
                status -> {
                  try (Statement statement = status.getConnection().createStatement();
                      ResultSet result = statement.executeQuery(sql)) {
                    result.next();
                    return result.getLong(1);
                  } catch (SQLException e) {
                    throw new DataAccessException(e.getMessage(), e);
                  }
                }));
  }

  /**
   * Runs several statements as one transaction.
   *
   * @param work is run again from its beginning if it lost a conflict, so it may do nothing else
   * @throws StorageUnavailable if the database didn't answer, or the conflicts don't end
   */
  public <T> T transaction(String doing, Supplier<T> work) {
    return repeated(doing, () -> once(work));
  }

  /** Does something once the transaction that the caller is a part of is committed. */
  public void afterCommit(Runnable action) {
    transactions
        .findTransactionStatus()
        .orElseThrow()
        .registerSynchronization(
            new TransactionSynchronization() {
              @Override
              public void afterCommit() {
                action.run();
              }
            });
  }

  /** Tells what the work failed of, also if a broken connection can't be rolled back after it. */
  private <T> T once(Supplier<T> work) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    try {
      return transactions.executeWrite(
          status -> {
            try {
              return work.get();
            } catch (RuntimeException e) {
              failure.set(e);
              throw e;
            }
          });
    } catch (TransactionException e) {
      RuntimeException first = failure.get();
      if (first == null || first == e) {
        throw e;
      }
      first.addSuppressed(e);
      throw first;
    }
  }

  private <T> T repeated(String doing, Supplier<T> work) {
    RuntimeException first = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RuntimeException e) {
        SQLException cause = sqlCause(e);
        boolean conflict = e instanceof LostRace || cause != null && isConflict(cause);
        if (!conflict && cause == null && !isOfTheDatabase(e)) {
          throw e;
        }
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
        if (attempt == ATTEMPTS || !conflict || Thread.currentThread().isInterrupted()) {
          throw new StorageUnavailable(doing, first);
        }
      }
      // At random, because losers that pause equally long meet again.
      LockSupport.parkNanos(
          1 + random.nextLong(Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << attempt)));
    }
  }

  /**
   * A unit of work read something that another one changed before it could act on it: it is rolled
   * back and run again.
   */
  public static final class LostRace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LostRace(String what) {
      super(what, null, false, false);
    }
  }

  /** Whether a statement failed because a unique key has that value already. */
  public static boolean isDuplicateKey(RuntimeException e) {
    SQLException cause = sqlCause(e);
    return cause != null && cause.getErrorCode() == DUPLICATE_KEY;
  }

  private static boolean isConflict(SQLException e) {
    return switch (e.getErrorCode()) {
      // Deadlock, lock wait timeout, Galera's node that isn't ready.
      case 1213, 1205, 1047 -> true;
      default -> false;
    };
  }

  private static boolean isOfTheDatabase(RuntimeException e) {
    return e instanceof DataAccessException
        || e instanceof ConnectionException
        || e instanceof TransactionException;
  }

  private static SQLException sqlCause(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
