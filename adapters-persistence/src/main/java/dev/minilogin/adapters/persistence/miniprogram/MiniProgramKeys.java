package dev.minilogin.adapters.persistence.miniprogram;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code mini_programs} keeps under keys of the ring. */
@Singleton
final class MiniProgramKeys implements KeyedTable<MiniProgramRow> {
  private final MiniProgramRows rows;
  private final Storage storage;

  MiniProgramKeys(MiniProgramRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public String name() {
    return "mini_programs";
  }

  @Override
  public List<MiniProgramRow> rows(Optional<MiniProgramRow> last, int limit) {
    String lastAppId = last.map(MiniProgramRow::appId).orElse("");
    return storage.statement(
        "reading what mini programs keep sealed", () -> rows.after(lastAppId, limit));
  }

  @Override
  public List<SealedValue> values(MiniProgramRow row) {
    return Stream.of(
            value("sealed_secret", row.sealedSecret(), MysqlMiniPrograms.place(row.appId())),
            value("sealed_secret_2", row.sealedSecret2(), MysqlMiniPrograms.place(row.appId())),
            value("push_token", row.pushToken(), MysqlMiniPrograms.tokenPlace(row.appId())),
            value("push_key", row.pushKey(), MysqlMiniPrograms.keyPlace(row.appId())),
            value("push_key_2", row.pushKey2(), MysqlMiniPrograms.keyPlace(row.appId())))
        .filter(value -> Objects.nonNull(value.bytes()))
        .toList();
  }

  private static SealedValue value(String column, byte[] bytes, String place) {
    return new SealedValue(column, bytes, place);
  }

  @Override
  public boolean write(MiniProgramRow row, RenewedValues values) {
    return storage.statement(
            "sealing anew what a mini program keeps",
            () ->
                rows.sealAnew(
                    row.appId(),
                    row.sealedSecret(),
                    row.sealedSecret2(),
                    row.pushToken(),
                    row.pushKey(),
                    row.pushKey2(),
                    values.of("sealed_secret", row.sealedSecret()),
                    values.of("sealed_secret_2", row.sealedSecret2()),
                    values.of("push_token", row.pushToken()),
                    values.of("push_key", row.pushKey()),
                    values.of("push_key_2", row.pushKey2())))
        == 1;
  }
}
