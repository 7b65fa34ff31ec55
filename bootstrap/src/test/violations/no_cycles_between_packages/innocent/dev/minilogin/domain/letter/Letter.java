package dev.minilogin.domain.letter;

import dev.minilogin.domain.user.User;

public record Letter(User sender) {}
