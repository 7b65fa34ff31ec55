package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/**
 * What a row of {@code push_inbox} keeps under keys of the ring and can be made anew: {@code
 * dedupe_mac} is looked for under each pepper, and needed for minutes only.
 */
@MappedEntity("push_inbox")
record SealedPushRow(
    @Id byte[] id, String appId, @Nullable byte[] event, @Nullable byte[] personMac) {
  @Override
  public String toString() {
    return "SealedPushRow[" + Binary.uuid(id) + "]";
  }
}
