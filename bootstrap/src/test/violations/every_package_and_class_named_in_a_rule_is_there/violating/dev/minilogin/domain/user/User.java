package dev.minilogin.domain.user;

final class User {}
