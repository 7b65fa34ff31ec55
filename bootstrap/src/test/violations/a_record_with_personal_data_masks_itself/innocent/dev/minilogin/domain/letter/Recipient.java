package dev.minilogin.domain.letter;

public record Recipient(String description, boolean nicknameKnown) {}
