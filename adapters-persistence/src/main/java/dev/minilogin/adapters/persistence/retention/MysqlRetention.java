package dev.minilogin.adapters.persistence.retention;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.domain.retention.Expiry;
import dev.minilogin.domain.retention.Retention;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** What is past its time in MySQL. */
@Singleton
final class MysqlRetention implements Retention {
  private final PurgeRows rows;
  private final Storage storage;

  MysqlRetention(PurgeRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public int purge(Expiry what, Instant before, int limit) {
    long earlierThan = before.toEpochMilli();
    return switch (what) {
      case SESSIONS ->
          storage.statement("purging sessions", () -> rows.sessions(earlierThan, limit));
      case LOGIN_CLAIMS ->
          storage.statement("purging claims", () -> rows.claims(earlierThan, limit));
      case SESSION_KEYS ->
          storage.statement("erasing session_keys", () -> rows.sessionKeys(earlierThan, limit));
      case PUSHES -> storage.statement("purging pushes", () -> rows.pushes(earlierThan, limit));
      case ERASURE_RECEIPTS -> receipts(earlierThan, limit);
    };
  }

  /** The user first: without a receipt nobody would look for it. */
  private int receipts(long before, int limit) {
    List<ReceiptRow> old =
        storage.statement("reading old receipts", () -> rows.receipts(before, limit));
    for (ReceiptRow receipt : old) {
      storage.statement("purging an erased user", () -> rows.user(receipt.userId()));
      storage.statement("purging a receipt", () -> rows.receipt(receipt.userId()));
    }
    return old.size();
  }
}
