package dev.minilogin.domain.letter;

public record UnionIdHash(String hex) {}
