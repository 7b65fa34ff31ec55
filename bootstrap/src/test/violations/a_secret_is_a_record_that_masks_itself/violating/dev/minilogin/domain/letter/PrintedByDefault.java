package dev.minilogin.domain.letter;

import dev.minilogin.domain.identifier.Secret;

public record PrintedByDefault(String reveal) implements Secret {}
