package dev.minilogin.domain.letter;

import java.util.Optional;

public record MaybeAPhone(Optional<String> phoneNumber) {}
