package dev.minilogin.adapters.web.letter;

record Opening(String appId, String code) {}
