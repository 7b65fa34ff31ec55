package dev.minilogin.adapters.persistence.session;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of {@code login_claims}, with what a session that came of it keeps for a lost answer. */
@MappedEntity("login_claims")
record ClaimRow(
    @Id byte[] claim,
    @Nullable String failure,
    @Nullable Long loggedInAt,
    @Nullable Boolean newUser,
    @Nullable byte[] sealedAnswer) {}
