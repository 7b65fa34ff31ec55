package dev.minilogin.domain.letter;

public record TextToken(String token, int uses) {}
