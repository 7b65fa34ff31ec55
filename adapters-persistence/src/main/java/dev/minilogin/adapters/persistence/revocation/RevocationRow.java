package dev.minilogin.adapters.persistence.revocation;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code revocations}. */
@MappedEntity("revocations")
record RevocationRow(@Id byte[] id, byte[] userId) {}
