package dev.minilogin.adapters.persistence.keys;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code key_uses}. */
@MappedEntity("key_uses")
record KeyUseRow(@Id int keyNumber, String purpose, long lastUsedAt) {}
