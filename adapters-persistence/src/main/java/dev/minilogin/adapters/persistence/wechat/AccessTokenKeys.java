package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What {@code access_tokens} keeps under keys of the ring. */
@Singleton
final class AccessTokenKeys implements KeyedTable<SealedTokenRow> {
  private final AccessTokenRows rows;
  private final Storage storage;

  AccessTokenKeys(AccessTokenRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public String name() {
    return "access_tokens";
  }

  @Override
  public List<SealedTokenRow> rows(Optional<SealedTokenRow> last, int limit) {
    String lastAppId = last.map(SealedTokenRow::appId).orElse("");
    return storage.statement("reading sealed access tokens", () -> rows.after(lastAppId, limit));
  }

  @Override
  public List<SealedValue> values(SealedTokenRow row) {
    if (row.token() == null) {
      return List.of();
    }
    String place = AccessTokenRow.place(row.appId());
    SealedValue.Hash hash =
        new SealedValue.Hash("token_mac", row.tokenMac(), place, UnaryOperator.identity());
    return List.of(new SealedValue("token", row.token(), place, List.of(hash)));
  }

  @Override
  public boolean write(SealedTokenRow row, RenewedValues values) {
    return storage.statement(
            "sealing an access token anew",
            () ->
                rows.sealAnew(
                    row.appId(),
                    row.token(),
                    row.tokenMac(),
                    values.of("token", row.token()),
                    values.of("token_mac", row.tokenMac())))
        == 1;
  }
}
