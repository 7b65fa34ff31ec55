package dev.minilogin.domain.user;

import jakarta.inject.Singleton;

@Singleton
final class IsABean {}
