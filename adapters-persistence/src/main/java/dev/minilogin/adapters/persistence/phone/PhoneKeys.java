package dev.minilogin.adapters.persistence.phone;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.Storage;
import dev.minilogin.adapters.persistence.sealing.KeyedTable;
import dev.minilogin.adapters.persistence.sealing.RenewedValues;
import dev.minilogin.adapters.persistence.sealing.SealedValue;
import dev.minilogin.adapters.persistence.user.PhoneText;
import dev.minilogin.adapters.persistence.user.UserRow;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code users} keeps under keys of the ring. */
@Singleton
final class PhoneKeys implements KeyedTable<SealedPhoneRow> {
  private static final Logger LOG = LoggerFactory.getLogger(PhoneKeys.class);
  private static final byte[] BEFORE_ALL = new byte[16];

  private final SealedPhoneRows rows;
  private final PhoneRows changeRows;
  private final Storage storage;
  private final InstantSource clock;

  PhoneKeys(SealedPhoneRows rows, PhoneRows changeRows, Storage storage, InstantSource clock) {
    this.rows = rows;
    this.changeRows = changeRows;
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "users";
  }

  @Override
  public List<SealedPhoneRow> rows(Optional<SealedPhoneRow> last, int limit) {
    byte[] lastId = last.map(SealedPhoneRow::id).orElse(BEFORE_ALL);
    return storage.statement("reading sealed phone numbers", () -> rows.after(lastId, limit));
  }

  @Override
  public List<SealedValue> values(SealedPhoneRow row) {
    if (row.phone() == null) {
      return List.of();
    }
    SealedValue.Hash hash =
        new SealedValue.Hash(
            "phone_mac",
            row.phoneMac(),
            MysqlPhoneBindings.purpose(row.phoneTenant()),
            text -> PhoneText.read(text).reveal());
    return List.of(new SealedValue("phone", row.phone(), PhoneText.place(row.id()), List.of(hash)));
  }

  @Override
  public boolean write(SealedPhoneRow row, RenewedValues values) {
    byte[] phone = values.of("phone", row.phone());
    byte[] mac = values.of("phone_mac", row.phoneMac());
    Optional<Boolean> written =
        storage.transaction(
            "sealing a phone number anew",
            () -> {
              try {
                return Optional.of(
                    changeRows.sealAnew(row.id(), row.phone(), row.phoneMac(), phone, mac) == 1);
              } catch (DataAccessException e) {
                if (Storage.isDuplicateKey(e)) {
                  return Optional.empty();
                }
                throw e;
              }
            });
    return written.orElseGet(
        () -> {
          leaveToTheLater(row, mac);
          return false;
        });
  }

  /**
   * Two instances with different peppers in use can't see each other's binding of one number at the
   * same moment. Whoever bound it later keeps it, as where one is moved: WeChat vouched for them.
   */
  private void leaveToTheLater(SealedPhoneRow row, byte[] mac) {
    storage.transaction(
        "leaving a phone number to one user",
        () -> {
          for (UserRow other :
              changeRows.othersWithPhone(row.id(), row.phoneTenant(), mac, row.phoneMac())) {
            byte[] loser = other.phoneBoundAt() > row.phoneBoundAt() ? row.id() : other.id();
            changeRows.losePhone(
                loser, row.phoneTenant(), mac, row.phoneMac(), clock.instant().toEpochMilli());
            LOG.warn(
                "the user {} lost a phone number that another one bound later", Binary.uuid(loser));
          }
          return null;
        });
  }
}
