package dev.minilogin.adapters.persistence.miniprogram;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code mini_programs}. */
@MappedEntity("mini_programs")
record MiniProgramRow(
    @Id String appId,
    byte[] sealedSecret,
    boolean enabled,
    long idleLifetimeMs,
    long absoluteLifetimeMs) {}
