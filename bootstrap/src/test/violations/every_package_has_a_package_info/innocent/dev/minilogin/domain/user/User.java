package dev.minilogin.domain.user;

public record User(String name) {}
