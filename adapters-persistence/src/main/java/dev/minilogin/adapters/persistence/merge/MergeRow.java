package dev.minilogin.adapters.persistence.merge;

import dev.minilogin.adapters.persistence.Binary;
import dev.minilogin.domain.merge.Merge;
import dev.minilogin.domain.user.UserId;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Optional;

/** A row of {@code account_merges}. */
@MappedEntity("account_merges")
record MergeRow(
    @Id byte[] id,
    byte[] keptId,
    byte[] absorbedId,
    long foundAt,
    @Nullable Long mergedAt,
    @Nullable Long undoneAt,
    boolean unionidMoved) {

  boolean isDone() {
    return mergedAt != null && undoneAt == null;
  }

  Merge toMerge() {
    return new Merge(
        Binary.uuid(id),
        new UserId(Binary.uuid(keptId)),
        new UserId(Binary.uuid(absorbedId)),
        Instant.ofEpochMilli(foundAt),
        Optional.ofNullable(mergedAt).map(Instant::ofEpochMilli),
        Optional.ofNullable(undoneAt).map(Instant::ofEpochMilli));
  }
}
