package dev.minilogin.adapters.persistence.limit;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code rate_limits}. */
@MappedEntity("rate_limits")
record LimitRow(@Id byte[] bucket, byte[] state, long expiresAt) {}
