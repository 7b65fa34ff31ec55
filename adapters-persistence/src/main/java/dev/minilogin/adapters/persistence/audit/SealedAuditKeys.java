package dev.minilogin.adapters.persistence.audit;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What {@code audit_keys} keeps under keys of the ring. */
@Singleton
final class SealedAuditKeys implements KeyedTable<AuditKeyRow> {
  private final AuditKeyRows rows;
  private final Storage storage;

  SealedAuditKeys(AuditKeyRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public String name() {
    return "audit_keys";
  }

  @Override
  public List<AuditKeyRow> rows(Optional<AuditKeyRow> last, int limit) {
    int lastNumber = last.map(AuditKeyRow::number).orElse(0);
    return storage.statement(
        "reading the sealed keys of the audit log", () -> rows.after(lastNumber, limit));
  }

  @Override
  public List<SealedValue> values(AuditKeyRow row) {
    return List.of(new SealedValue("sealed_key", row.sealedKey(), AuditKeyRow.place(row.number())));
  }

  @Override
  public boolean write(AuditKeyRow row, RenewedValues values) {
    return storage.statement(
            "sealing a key of the audit log anew",
            () ->
                rows.sealAnew(
                    row.number(), row.sealedKey(), values.of("sealed_key", row.sealedKey())))
        == 1;
  }
}
