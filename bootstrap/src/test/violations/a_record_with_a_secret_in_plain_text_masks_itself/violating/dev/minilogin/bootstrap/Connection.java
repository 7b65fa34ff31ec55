package dev.minilogin.bootstrap;

record Connection(String url, String password) {}
