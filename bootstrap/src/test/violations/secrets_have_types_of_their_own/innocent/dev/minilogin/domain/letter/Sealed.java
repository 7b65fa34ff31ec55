package dev.minilogin.domain.letter;

import java.util.Optional;

public record Sealed(Seal secret, Optional<Seal> token, boolean tokenUsed, String name) {}
