package dev.minilogin.domain.user;

final class AtHome {}
