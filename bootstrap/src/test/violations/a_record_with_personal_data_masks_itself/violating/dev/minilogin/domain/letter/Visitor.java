package dev.minilogin.domain.letter;

import java.util.Optional;

public record Visitor(long number, Optional<String> clientAddress) {}
