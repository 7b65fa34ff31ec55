package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.account.PersonMacs;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import dev.minilogin.domain.push.PushEvent;
import dev.minilogin.domain.wechat.OpenId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** What {@code push_inbox} keeps under keys of the ring. */
@Singleton
final class PushKeys implements KeyedTable<SealedPushRow> {
  private static final byte[] BEFORE_ALL = new byte[16];

  private final PushRows rows;
  private final Storage storage;

  PushKeys(PushRows rows, Storage storage) {
    this.rows = rows;
    this.storage = storage;
  }

  @Override
  public String name() {
    return "push_inbox";
  }

  @Override
  public List<SealedPushRow> rows(Optional<SealedPushRow> last, int limit) {
    byte[] lastId = last.map(SealedPushRow::id).orElse(BEFORE_ALL);
    return storage.statement("reading sealed pushes", () -> rows.after(lastId, limit));
  }

  @Override
  public List<SealedValue> values(SealedPushRow row) {
    if (row.event() == null) {
      return List.of();
    }
    List<SealedValue.Hash> hashes =
        row.personMac() == null
            ? List.of()
            : List.of(
                new SealedValue.Hash(
                    "person_mac",
                    row.personMac(),
                    PersonMacs.PURPOSE,
                    text -> person(row.appId(), text)));
    return List.of(new SealedValue("event", row.event(), PushRow.place(row.id()), hashes));
  }

  private static String person(String appId, String text) {
    OpenId openId = new PushEvent(EventText.read(text)).person().orElseThrow();
    return PersonMacs.secret(appId, openId.value());
  }

  @Override
  public boolean write(SealedPushRow row, RenewedValues values) {
    return storage.statement(
            "sealing a push anew",
            () ->
                rows.sealAnew(
                    row.id(),
                    row.event(),
                    row.personMac(),
                    values.of("event", row.event()),
                    values.of("person_mac", row.personMac())))
        == 1;
  }
}
