package dev.minilogin.adapters.persistence.miniprogram;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;

/** A row of {@code mini_programs}. */
@MappedEntity("mini_programs")
record MiniProgramRow(
    @Id String appId,
    byte[] sealedSecret,
    @Nullable @MappedProperty("sealed_secret_2") byte[] sealedSecret2,
    boolean enabled,
    long idleLifetimeMs,
    long absoluteLifetimeMs,
    String tenant,
    boolean contentChecked,
    String contentOnReview,
    String contentOnRisky,
    String riskReaction,
    int riskFrom,
    boolean encryptedDataChecked,
    String admittedBuilds,
    int sessionsPerUser,
    @Nullable String pushMode,
    @Nullable String pushFormat,
    @Nullable byte[] pushToken,
    @Nullable byte[] pushKey,
    @Nullable @MappedProperty("push_key_2") byte[] pushKey2) {}
