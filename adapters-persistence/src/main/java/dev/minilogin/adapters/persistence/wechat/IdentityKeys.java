package dev.minilogin.adapters.persistence.wechat;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What {@code wechat_identities} keeps under keys of the ring. */
@Singleton
final class IdentityKeys implements KeyedTable<SessionKeyRow> {
  private final IdentityRows rows;
  private final Storage storage;

  IdentityKeys(IdentityRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public String name() {
    return "wechat_identities";
  }

  @Override
  public List<SessionKeyRow> rows(Optional<SessionKeyRow> last, int limit) {
    String lastAppId = last.map(SessionKeyRow::appId).orElse("");
    String lastOpenid = last.map(SessionKeyRow::openid).orElse("");
    return storage.statement(
        "reading sealed session_keys", () -> rows.after(lastAppId, lastOpenid, limit));
  }

  @Override
  public List<SealedValue> values(SessionKeyRow row) {
    // Those that nobody used for a while are erased, all at once.
    if (row.sessionKey() == null) {
      return List.of();
    }
    String place = SessionKeys.place(row.appId(), row.openid());
    SealedValue.Hash hash =
        new SealedValue.Hash(
            "session_key_mac", row.sessionKeyMac(), place, UnaryOperator.identity());
    return Stream.of(
            new SealedValue("session_key", row.sessionKey(), place, List.of(hash)),
            new SealedValue("session_key_2", row.sessionKey2(), place),
            new SealedValue("session_key_3", row.sessionKey3(), place))
        .filter(value -> Objects.nonNull(value.bytes()))
        .toList();
  }

  @Override
  public boolean write(SessionKeyRow row, RenewedValues values) {
    return storage.statement(
            "sealing session_keys anew",
            () ->
                rows.sealAnew(
                    row.appId(),
                    row.openid(),
                    row.sessionKey(),
                    row.sessionKeyMac(),
                    row.sessionKey2(),
                    row.sessionKey3(),
                    values.of("session_key", row.sessionKey()),
                    values.of("session_key_mac", row.sessionKeyMac()),
                    values.of("session_key_2", row.sessionKey2()),
                    values.of("session_key_3", row.sessionKey3())))
        == 1;
  }
}
