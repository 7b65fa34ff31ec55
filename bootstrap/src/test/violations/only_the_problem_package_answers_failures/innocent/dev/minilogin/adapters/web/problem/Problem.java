package dev.minilogin.adapters.web.problem;

public record Problem(String kind) {}
