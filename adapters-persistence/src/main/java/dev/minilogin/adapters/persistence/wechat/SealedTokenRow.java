package dev.minilogin.adapters.persistence.wechat;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** What a row of {@code access_tokens} keeps under keys of the ring: both or none. */
@MappedEntity("access_tokens")
record SealedTokenRow(@Id String appId, @Nullable byte[] token, @Nullable byte[] tokenMac) {}
