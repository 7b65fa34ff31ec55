package dev.minilogin.domain.letter;

public record BytesOfAKey(byte[] sessionKey) {}
