package dev.minilogin.adapters.persistence.retention;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code erasure_receipts}. */
@MappedEntity("erasure_receipts")
record ReceiptRow(@Id byte[] userId) {}
