package dev.minilogin.adapters.persistence.keys;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** How many sessions live, and when the last of them ends. */
@MappedEntity("sessions")
record LivingSessions(@Id long living, @Nullable Long lastEndsAt) {}
