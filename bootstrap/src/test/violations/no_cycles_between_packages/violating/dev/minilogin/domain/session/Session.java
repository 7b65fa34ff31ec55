package dev.minilogin.domain.session;

import dev.minilogin.domain.user.User;

public record Session(User user) {}
