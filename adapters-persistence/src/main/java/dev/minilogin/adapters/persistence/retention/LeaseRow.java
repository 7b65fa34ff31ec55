package dev.minilogin.adapters.persistence.retention;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code leases}. */
@MappedEntity("leases")
record LeaseRow(@Id String name, byte[] holder, long leasedUntil) {}
