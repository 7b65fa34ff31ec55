package dev.minilogin.domain.letter;

public record Letter(String text) {}
