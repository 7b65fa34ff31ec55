package dev.minilogin.adapters.persistence.push;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.adapters.persistence.sealing.Sealer;
import dev.minilogin.domain.miniprogram.AppId;
import dev.minilogin.domain.push.Push;
import dev.minilogin.domain.push.PushEvent;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of {@code push_inbox}. */
@MappedEntity("push_inbox")
record PushRow(
    @Id byte[] id,
    String appId,
    @Nullable byte[] event,
    long receivedAt,
    int tries,
    @Nullable Long nextTryAt) {

  /** Where a push's event is sealed. */
  static String place(byte[] id) {
    return "push " + Binary.uuid(id);
  }

  Push toPush(Sealer sealer) {
    return new Push(
        Binary.uuid(id),
        new AppId(appId),
        new PushEvent(EventText.read(sealer.open(event, place(id)))),
        Instant.ofEpochMilli(receivedAt),
        tries);
  }
}
