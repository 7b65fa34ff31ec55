package dev.minilogin.adapters.web.letter;

record Addressee(String id, String nickname) {}
