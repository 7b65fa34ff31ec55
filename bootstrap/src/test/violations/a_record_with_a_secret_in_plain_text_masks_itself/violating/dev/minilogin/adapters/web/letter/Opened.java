package dev.minilogin.adapters.web.letter;

record Opened(String id, String token) {}
