package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.adapters.persistence.sealing.UnsealingFailed;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that prove the audit log. They are made here and kept in the database, sealed under the
 * key ring: whatever becomes of the ring's keys and peppers, a row is proved by the key that it was
 * written under. All instances have the same; there is more than one only where the older ones
 * can't be opened any more.
 */
@Singleton
final class AuditKeys {
  private static final Logger LOG = LoggerFactory.getLogger(AuditKeys.class);
  private static final int KEY_BYTES = 32;

  private final AuditKeyRows rows;
  private final Storage storage;
  private final Sealer sealer;
  private final SecureRandom random;
  private final Map<Integer, Key> opened = new ConcurrentHashMap<>();
  private volatile Key current;

  AuditKeys(AuditKeyRows rows, Storage storage, Sealer sealer, SecureRandom random) {
    this.rows = rows;
    this.storage = storage;
    this.sealer = sealer;
    this.random = random;
  }

  /** One of them. */
  record Key(int number, SecretKey key) {}

  /** What is known of a key. */
  sealed interface Known {
    record Opened(Key key) implements Known {}

    /** It is there, and can't be opened by this instance. */
    record Locked() implements Known {}

    /** There is no such key. */
    record Missing() implements Known {}
  }

  /** The key to write with: the first that opens, made if there is none. */
  Key current() {
    Key known = current;
    return known != null ? known : findCurrent();
  }

  private Key findCurrent() {
    for (int number = 1; ; number++) {
      Known known = find(number);
      if (known instanceof Known.Missing) {
        insert(number);
        known = find(number);
      }
      if (known instanceof Known.Opened(Key key)) {
        current = key;
        return key;
      }
      LOG.error(
          "the audit log's key {} can't be opened: is MINI_LOGIN_KEYS_FILE the key ring of this"
              + " database? What was written under it can't be verified",
          number);
    }
  }

  private void insert(int number) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    byte[] sealed = sealer.seal(Base64.getEncoder().encodeToString(key), AuditKeyRow.place(number));
    storage.statement("making a key for the audit log", () -> rows.insert(number, sealed));
  }

  /** The key with a number. */
  Known find(int number) {
    Key known = opened.get(number);
    if (known != null) {
      return new Known.Opened(known);
    }
    Optional<AuditKeyRow> row =
        storage.statement("reading a key of the audit log", () -> rows.byNumber(number));
    if (row.isEmpty()) {
      return new Known.Missing();
    }
    try {
      byte[] bytes =
          Base64.getDecoder().decode(sealer.open(row.get().sealedKey(), AuditKeyRow.place(number)));
      Key key = new Key(number, new SecretKeySpec(bytes, "HmacSHA256"));
      opened.put(number, key);
      return new Known.Opened(key);
    } catch (UnsealingFailed e) {
      return new Known.Locked();
    }
  }
}
