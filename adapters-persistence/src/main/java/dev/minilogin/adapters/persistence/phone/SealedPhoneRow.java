package dev.minilogin.adapters.persistence.phone;

import dev.minilogin.adapters.persistence.Binary;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** What a row of {@code users} keeps under keys of the ring: all of it or nothing. */
@MappedEntity("users")
record SealedPhoneRow(
    @Id byte[] id,
    @Nullable byte[] phone,
    @Nullable byte[] phoneMac,
    @Nullable String phoneTenant,
    @Nullable Long phoneBoundAt) {
  /** Without the columns, which are personal data. */
  @Override
  public String toString() {
    return "SealedPhoneRow[" + Binary.uuid(id) + "]";
  }
}
